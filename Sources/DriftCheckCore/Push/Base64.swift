/// RFC 4648, without padding.
enum Base64 {
  /// The characters of an encoding, by what they stand for.
  enum Alphabet: CaseIterable {
    /// Section 4.
    case standard
    /// Section 5, for addresses and names of files.
    case url

    fileprivate var characters: [UInt8] {
      let last = self == .standard ? "+/" : "-_"
      return Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(last)".utf8)
    }
  }

  static func encode(_ bytes: some Sequence<UInt8>, _ alphabet: Alphabet) -> [UInt8] {
    let characters = alphabet.characters
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        result.append(characters[Int(bits >> UInt32(count) & 63)])
      }
    }
    if count > 0 { result.append(characters[Int(bits << UInt32(6 - count) & 63)]) }
    return result
  }

  /// What bytes look like within anything longer that is encoded: the characters that depend on
  /// nothing else, for each of the three places where they may begin.
  static func within(_ bytes: [UInt8], _ alphabet: Alphabet) -> [[UInt8]] {
    (0..<3).map { before in
      let encoded = encode([UInt8](repeating: 0, count: before) + bytes, alphabet)
      let first = (before * 8 + 5) / 6
      return Array(encoded[min(first, encoded.count)..<((before + bytes.count) * 8 / 6)])
    }
  }
}
