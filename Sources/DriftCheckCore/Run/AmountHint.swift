internal import Tabular

/// Finds out whether the texts of a column are amounts, and which flags would read them.
struct AmountHint {
  /// A way to write numbers, and the flags for it.
  private struct Notation {
    let flags: String
    let numbers: NumberNotation

    init(_ flags: String, point: String = ".", _ separators: [String] = []) {
      self.flags = flags
      numbers = NumberNotation(
        point: point == "," ? UInt8(ascii: ",") : UInt8(ascii: "."),
        separators: separators.map { Array($0.utf8) })
    }
  }

  /// The usual one first; of several that read as many texts the first is told.
  private static let notations: [Notation] = {
    let blanks = [" ", "\u{A0}", "\u{2009}", "\u{202F}"]
    return [
      Notation(""), Notation("--thousands comma", [","]), Notation("--decimal comma", point: ","),
      Notation("--decimal comma --thousands point", point: ",", ["."]),
      Notation("--thousands space", blanks),
      Notation("--decimal comma --thousands space", point: ",", blanks),
      Notation("--thousands apostrophe", ["'", "\u{2019}"]),
      Notation("--decimal comma --thousands apostrophe", point: ",", ["'", "\u{2019}"]),
      Notation("--thousands underscore", ["_"]),
    ]
  }()

  /// About how many texts of a column are worth a look.
  static let mostTexts = 20_000

  /// A number for a text, by which some of many are chosen.
  static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    text.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }

  private var cells = 0
  private var decorated = 0
  private var read = [Int](repeating: 0, count: notations.count)
  /// The first, by its bytes, of the texts that the usual notation does not read.
  private var example: ByteString?

  /// Counts a text.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>, count: Int) {
    cells += count
    guard Self.mayBeAmount(text), let amount = Amount(text) else { return }
    if amount.isDecorated { decorated += count }
    var isUsual = false
    for (place, notation) in Self.notations.enumerated()
    where notation.numbers.parse(amount.digits) != nil {
      read[place] += count
      isUsual = isUsual || place == 0
    }
    guard !isUsual || amount.isDecorated else { return }
    if let example, !text.lexicographicallyPrecedes(example.bytes) { return }
    example = ByteString(Array(text))
  }

  /// A short text with a digit and few letters: all others are told at a glance.
  private static func mayBeAmount(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 40 else { return false }
    var (letters, digits) = (0, 0)
    for byte in text {
      if byte &- UInt8(ascii: "0") <= 9 { digits += 1 }
      if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) { letters += 1 }
    }
    return digits > 0 && letters <= 3
  }

  /// Counts a text once.
  mutating func add(_ text: ByteString) { text.bytes.withUnsafeBufferPointer { add($0, count: 1) } }

  /// What there is to say: an example, and what would read it; nil unless at least half of the texts
  /// are amounts, and some are no plain numbers.
  var words: String? {
    let most = read.max() ?? 0
    guard let example, cells > 0, 2 * most >= cells else { return nil }
    let best = Self.notations.indices.filter { read[$0] == most }
    var advice: [String] = []
    if decorated > 0 {
      advice.append("strip currency, percent signs and parentheses, which no flag reads")
    }
    if best[0] > 0 {
      // A group of three digits may as well be a fraction.
      let others =
        best.contains(1) && best.contains(2) ? ", or --decimal comma if that is a fraction" : ""
      advice.append("give \(Self.notations[best[0]].flags)\(others)")
    }
    guard !advice.isEmpty else { return nil }
    return
      "the texts are amounts, such as \(Excerpt.quoted(example.bytes)), and not read as numbers; "
      + advice.joined(separator: ", and ") + " to compare them as numbers"
  }
}

/// An amount: digits with signs between them, and what stands around.
private struct Amount {
  /// The number as it is written.
  let digits: [UInt8]
  /// It has a currency, a percent sign or parentheses.
  let isDecorated: Bool

  private static let signs = [
    "%", "\u{2030}", "$", "\u{20AC}", "\u{A3}", "\u{A5}", "\u{20B9}", "\u{20BD}",
  ]
  .map { Array($0.utf8) }

  /// Nil for a text that is none.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    var rest = Self.trimmed(Array(text)[...])
    var isDecorated = false
    if rest.count > 2, rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")") {
      rest = Self.trimmed(rest.dropFirst().dropLast())
      isDecorated = true
    }
    var sign: UInt8?
    for _ in 0..<2 {
      if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+"),
        sign == nil
      {
        sign = first
        rest = Self.trimmed(rest.dropFirst())
      }
      let (inner, found) = Self.undecorated(rest)
      rest = inner
      isDecorated = isDecorated || found
    }
    guard let first = rest.first, first &- UInt8(ascii: "0") <= 9 || first == 0x2E || first == 0x2C,
      !rest.contains(where: { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
      )
    else { return nil }
    digits = [sign].compactMap { $0 } + rest
    self.isDecorated = isDecorated
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    while let first = text.first, first == 0x20 || first == 0x09 { text.removeFirst() }
    while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    for blank in ["\u{A0}", "\u{202F}"].map({ Array($0.utf8) }) where text.count > blank.count {
      if text.starts(with: blank) { text = text.dropFirst(blank.count) }
      if text.suffix(blank.count).elementsEqual(blank) { text = text.dropLast(blank.count) }
    }
    return text
  }

  /// The text without a currency or percent sign at its ends.
  private static func undecorated(_ text: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, Bool) {
    for sign in signs where text.count > sign.count {
      if text.starts(with: sign) { return (trimmed(text.dropFirst(sign.count)), true) }
      if text.suffix(sign.count).elementsEqual(sign) {
        return (trimmed(text.dropLast(sign.count)), true)
      }
    }
    // A currency by its three letters.
    guard text.count > 3 else { return (text, false) }
    if text.prefix(3).allSatisfy(isCapital), !isCapital(text[text.startIndex + 3]) {
      return (trimmed(text.dropFirst(3)), true)
    }
    if text.suffix(3).allSatisfy(isCapital), !isCapital(text[text.endIndex - 4]) {
      return (trimmed(text.dropLast(3)), true)
    }
    return (text, false)
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
