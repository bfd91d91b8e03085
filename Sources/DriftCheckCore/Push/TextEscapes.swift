/// The ways in which texts write a byte: as it is, percent-encoded, as in JSON and in HTML.
enum TextEscapes {
  /// What an escape begins with.
  static let signs = Array("%\\&+".utf8)

  /// The places behind a byte that is written at a place, in any of the ways.
  static func ends(of byte: UInt8, in text: [UInt8], at place: Int) -> [Int] {
    guard place < text.count else { return [] }
    var ends: [Int] = []
    if text[place] == byte { ends.append(place + 1) }
    switch text[place] {
    case UInt8(ascii: "+") where byte == UInt8(ascii: " "): ends.append(place + 1)
    case UInt8(ascii: "%"): ends += percent(byte, text, place + 1)
    case UInt8(ascii: "\\"): ends += backslash(byte, text, place + 1)
    case UInt8(ascii: "&"): ends += entity(byte, text, place + 1)
    default: break
    }
    return ends
  }

  /// Whether there is the beginning of an escape, and nothing else up to the end.
  static func mayBegin(_ text: [UInt8], at place: Int) -> Bool {
    guard place < text.count, "%\\&".utf8.contains(text[place]), text.count - place < 10 else {
      return false
    }
    return text[(place + 1)...].allSatisfy {
      hexadecimal($0) != nil || "#uUxX".utf8.contains($0) || isLetter($0)
    }
  }

  /// Percent-encoded bytes as what they stand for.
  static func percentDecoded(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var place = 0
    while place < text.count {
      if text[place] == UInt8(ascii: "%"), let value = number(text, place + 1, digits: 2) {
        result.append(UInt8(value))
        place += 3
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return result
  }

  /// A text of UTF-8 with everything beyond ASCII as it is in JSON and in HTML.
  static func ofASCII(_ text: [UInt8]) -> [[UInt8]] {
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    let json = [false, true].map { isUpper in
      scalars.map { scalar in
        scalar.isASCII
          ? String(scalar)
          : Array(String(scalar).utf16).map { unit in
            let digits = String(unit, radix: 16, uppercase: isUpper)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }.joined()
      }.joined()
    }
    let html = scalars.map { $0.isASCII ? String($0) : "&#\($0.value);" }.joined()
    return (json + [html]).map { Array($0.utf8) }
  }

  /// `%41`, or `%2541` where the percent sign was encoded again.
  private static func percent(_ byte: UInt8, _ text: [UInt8], _ place: Int) -> [Int] {
    var place = place
    while true {
      guard let value = number(text, place, digits: 2) else { return [] }
      if value == byte { return [place + 2] }
      guard value == 0x25 else { return [] }
      place += 2
    }
  }

  /// `\u0041`, `\x41`, and the one of another character, `\/`; also where backslashes were escaped
  /// again.
  private static func backslash(_ byte: UInt8, _ text: [UInt8], _ place: Int) -> [Int] {
    var place = place
    while place < text.count, text[place] == UInt8(ascii: "\\"), byte != UInt8(ascii: "\\") {
      place += 1
    }
    guard place < text.count else { return [] }
    switch text[place] {
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      if number(text, place + 1, digits: 4) == Int(byte) { return [place + 5] }
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      if number(text, place + 1, digits: 2) == Int(byte) { return [place + 3] }
    default: break
    }
    return text[place] == byte ? [place + 1] : []
  }

  /// `&#65;`, `&#x41;`, `&amp;`; also where the ampersand was escaped again.
  private static func entity(_ byte: UInt8, _ text: [UInt8], _ place: Int) -> [Int] {
    guard let semicolon = text[place...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
      return []
    }
    let name = String(decoding: text[place..<semicolon], as: UTF8.self).lowercased()
    let value: UInt32? =
      if name.hasPrefix("#x") {
        UInt32(name.dropFirst(2), radix: 16)
      } else if name.hasPrefix("#") {
        UInt32(name.dropFirst())
      } else {
        names[name]
      }
    var ends = value == UInt32(byte) ? [semicolon + 1] : []
    if value == 0x26 { ends += entity(byte, text, semicolon + 1) }
    return ends
  }

  private static let names: [String: UInt32] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "plus": 0x2B, "equals": 0x3D,
    "sol": 0x2F, "colon": 0x3A,
  ]

  private static func number(_ text: [UInt8], _ place: Int, digits: Int) -> Int? {
    guard place + digits <= text.count else { return nil }
    var value = 0
    for digit in text[place..<(place + digits)] {
      guard let number = hexadecimal(digit) else { return nil }
      value = value * 16 + number
    }
    return value
  }

  private static func hexadecimal(_ digit: UInt8) -> Int? {
    Character(UnicodeScalar(digit)).hexDigitValue
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
