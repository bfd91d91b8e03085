/// Reads the strings of JSON.
struct JSONStrings {
  /// Where and why something is no string.
  struct Failure: Error {
    let offset: Int
    let message: String
  }

  let bytes: [UInt8]
  /// The place of the quote that begins the next string; behind a string when it was read.
  private(set) var offset: Int

  init(bytes: [UInt8], offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  mutating func next() throws(Failure) -> String {
    offset += 1
    var result: [UInt8] = []
    while let byte = bytes[safe: offset] {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return String(decoding: result, as: UTF8.self)
      case UInt8(ascii: "\\"): result += try escape()
      case 0..<0x20:
        throw Failure(
          offset: offset, message: "found a control character or a line end in a string")
      default:
        result.append(byte)
        offset += 1
      }
    }
    throw Failure(offset: offset, message: "found the end of the file in a string")
  }

  /// The UTF-8 bytes of the escape that begins at the offset.
  private mutating func escape() throws(Failure) -> [UInt8] {
    let start = offset
    let letter = bytes[safe: offset + 1]
    offset += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return letter.map { [$0] } ?? []
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var code = try unit(start)
      if (0xD800..<0xDC00).contains(code), bytes[safe: offset] == UInt8(ascii: "\\"),
        bytes[safe: offset + 1] == UInt8(ascii: "u")
      {
        offset += 2
        let low = try unit(start)
        code =
          (0xDC00..<0xE000).contains(low)
          ? 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) : 0xD800
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw Failure(
          offset: start, message: "found half of a surrogate pair, expected both ('\\uD83D\\uDE00')"
        )
      }
      return Array(String(scalar).utf8)
    default:
      throw Failure(offset: start, message: "found an escape that JSON does not have")
    }
  }

  /// Four hexadecimal digits.
  private mutating func unit(_ start: Int) throws(Failure) -> UInt32 {
    let digits = bytes[min(offset, bytes.count)...].prefix(4)
    let isHexadecimal = digits.allSatisfy {
      (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0)
    }
    guard digits.count == 4, isHexadecimal,
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw Failure(offset: start, message: "found '\\u' without four hexadecimal digits") }
    offset += 4
    return code
  }
}
