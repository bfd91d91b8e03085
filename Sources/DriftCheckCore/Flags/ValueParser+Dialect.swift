internal import Tabular

extension ValueParser {
  /// The names that `--thousands` knows, beside any single character, and what they stand for: blanks
  /// and apostrophes are written in several ways.
  package static let thousandsNames: [(name: String, characters: [String])] = [
    ("comma", [","]), ("point", ["."]),
    ("space", [" ", "\u{A0}", "\u{2009}", "\u{202F}"]),
    ("apostrophe", ["'", "\u{2019}"]), ("underscore", ["_"]),
  ]

  /// What stands between groups of digits: a name or one character, that is no part of a number.
  package static func thousands(_ text: String) throws(InvalidValue) -> [String] {
    if text == "none" { return [] }
    if let named = thousandsNames.first(where: { $0.name == text || $0.characters.contains(text) })
    {
      return named.characters
    }
    let isPart = text.utf8.contains { byte in
      byte < 0x20 || byte == 0x22 || "+-0123456789".utf8.contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    guard text.unicodeScalars.count == 1, !isPart else {
      let names = thousandsNames.map { "'\($0.name)'" }.joined(separator: ", ")
      throw InvalidValue(
        expected:
          "one character that is no part of a number and no quote, 'none', or one of \(names)")
    }
    return [text]
  }

  /// The byte that comment lines begin with.
  package static func comment(_ text: String) throws(InvalidValue) -> UInt8 {
    let reserved = [UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x20, 0x09]
    guard let byte = text.utf8.first, text.utf8.count == 1, !reserved.contains(byte) else {
      throw InvalidValue(
        expected: "one byte that is no quote, no blank and no line end, such as '#'")
    }
    return byte
  }

  /// An encoding that the C library knows.
  package static func encoding(_ text: String) throws(InvalidValue) -> String {
    guard TextEncoding(text) != nil else {
      throw InvalidValue(
        expected: "the name of an encoding that the C library has, such as windows-1252, latin1, "
          + "UTF-16LE or Shift_JIS ('iconv -l' lists them; Debian has the rarer ones in "
          + "libc-gconv-modules-extra)")
    }
    return text
  }
}
