/// What a run knows and nobody may read, in all the forms in which somebody else could repeat it.
///
/// Texts of others go through ``redacted(_:isCut:)`` before they are shown: a server, or a proxy in
/// front of it, may answer with the request.
struct Secrets: Sendable {
  /// Enough of the beginning of a secret to take it for one that was cut.
  private static let enough = 8
  /// A secret of so few bytes is in many a text.
  private static let few = 4

  /// Longest first: the whole before its parts.
  private let forms: [[UInt8]]
  private let short: [[UInt8]]

  /// - Parameters:
  ///   - credentials: What is shown to the server.
  ///   - proxies: Addresses of proxies, which may hold the credentials for them.
  init(_ credentials: PushTarget.Credentials?, proxies: [String] = []) {
    var pairs: [[UInt8]] = []
    var texts: Set<[UInt8]> = []
    switch credentials {
    case .basic(let pair): pairs.append(Array(pair.utf8))
    case .bearer(let token): texts.insert(Array(token.utf8))
    case nil: break
    }
    for proxy in proxies {
      let pair = Self.userInformation(Array(proxy.utf8))
      pairs += [pair, TextEscapes.percentDecoded(pair)]
    }
    texts.formUnion(pairs.map(Self.password))
    texts.remove([])
    var forms = texts
    for text in texts.union(pairs) where !text.isEmpty {
      forms.formUnion(Self.encodings(of: text))
    }
    self.forms = forms.sorted {
      $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1)
    }
    short = texts.filter { $0.count < Self.few }
  }

  /// A text of somebody else's with "***" in the place of each secret.
  ///
  /// - Parameters:
  ///   - text: The bytes, all that there are of them: what is cut off first may begin a secret.
  ///   - isCut: Whether more followed; a secret may begin at the end then.
  /// - Returns: The text without secrets.
  func redacted(_ text: [UInt8], isCut: Bool) -> [UInt8] {
    guard !forms.isEmpty else { return text }
    let stars = Array("***".utf8)
    // What stands around so short a secret would tell it.
    let holdsShort = short.contains { form in
      text.indices.contains { end(of: form, in: text, $0, isCut) != nil }
    }
    guard !holdsShort else { return stars }
    var result: [UInt8] = []
    var place = 0
    while place < text.count {
      let ends = forms.lazy.compactMap { end(of: $0, in: text, place, isCut) }
      guard var end = ends.max() else {
        result.append(text[place])
        place += 1
        continue
      }
      while end < text.count, text[end] == UInt8(ascii: "=") { end += 1 }
      result += stars
      place = end
    }
    return result
  }

  /// Where a secret ends that begins at a place: all of it, enough of it, or as much as fits.
  private func end(of form: [UInt8], in text: [UInt8], _ start: Int, _ isCut: Bool) -> Int? {
    // Hardly any place gets further than this.
    guard text[start] == form[0] || TextEscapes.signs.contains(text[start]) else { return nil }
    var places: Set<Int> = [start]
    var furthest = start
    for (index, byte) in form.enumerated() {
      var next: Set<Int> = []
      for place in places {
        // An escape that is cut too.
        if isCut, place > start, TextEscapes.mayBegin(text, at: place) { return text.count }
        next.formUnion(TextEscapes.ends(of: byte, in: text, at: place))
      }
      guard let last = next.max() else {
        return index >= Self.enough ? furthest : nil
      }
      furthest = last
      if isCut, last == text.count { return last }
      places = next
    }
    return furthest
  }

  /// What is secret of `user:password`: a token may also be the user, without a password.
  private static func password(_ pair: [UInt8]) -> [UInt8] {
    let colon = pair.firstIndex(of: UInt8(ascii: ":")) ?? pair.endIndex
    let password = Array(pair[colon...].dropFirst())
    return password.isEmpty ? Array(pair[..<colon]) : password
  }

  /// `user:password` of `scheme://user:password@host`.
  private static func userInformation(_ address: [UInt8]) -> [UInt8] {
    guard let at = address.lastIndex(of: UInt8(ascii: "@")) else { return [] }
    let slashes = Array("//".utf8)
    let start = (0..<at).first { address[$0...].starts(with: slashes) }.map { $0 + 2 } ?? 0
    return Array(address[start..<max(start, at)])
  }

  private static func encodings(of text: [UInt8]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for digits in [Array("0123456789abcdef".utf8), Array("0123456789ABCDEF".utf8)] {
      result.append(text.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
    for alphabet in Base64.Alphabet.allCases {
      let encoded = Base64.encode(text, alphabet)
      result.append(encoded)
      result += Base64.within(text, alphabet)
      // As in a dump of the header that is encoded once more.
      for again in Base64.Alphabet.allCases { result += Base64.within(encoded, again) }
    }
    if text.contains(where: { $0 >= 0x80 }) { result += TextEscapes.ofASCII(text) }
    return result.filter { $0.count >= min(few, text.count) }
  }
}
