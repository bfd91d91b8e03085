internal import Checked

/// Reads the strings of JSON. What is none takes nothing.
struct JSONStrings {
  /// Where and why something is no string.
  struct Failure: Error {
    let offset: Int
    let message: String
  }

  /// Stands at the quote that begins the next string; behind a string when it was read.
  private(set) var reader: ByteReader

  /// - Parameter reader: Stands at the quote that begins a string.
  init(_ reader: ByteReader) {
    self.reader = reader
  }

  mutating func next() throws(Failure) -> String {
    var ahead = reader
    _ = ahead.byte()
    var result: [UInt8] = []
    while true {
      let start = ahead.offset
      switch ahead.byte() {
      case UInt8(ascii: "\""):
        reader = ahead
        return String(decoding: result, as: UTF8.self)
      case UInt8(ascii: "\\"): result += try Self.escape(&ahead, start)
      case .some(0..<0x20):
        throw Failure(
          offset: start, message: "found a control character or a line end in a string")
      case .some(let byte): result.append(byte)
      case nil: throw Failure(offset: start, message: "found the end of the file in a string")
      }
    }
  }

  /// The UTF-8 bytes of an escape, behind its backslash, which is at `start`.
  private static func escape(_ reader: inout ByteReader, _ start: Int) throws(Failure) -> [UInt8] {
    switch reader.byte() {
    case UInt8(ascii: "\""): return [UInt8(ascii: "\"")]
    case UInt8(ascii: "\\"): return [UInt8(ascii: "\\")]
    case UInt8(ascii: "/"): return [UInt8(ascii: "/")]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var code = try unit(&reader, start)
      if (0xD800..<0xDC00).contains(code), reader.take("\\u") {
        let low = try unit(&reader, start)
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
  private static func unit(_ reader: inout ByteReader, _ start: Int) throws(Failure) -> UInt32 {
    let digits = reader.take(4) ?? []
    let isHexadecimal = digits.allSatisfy {
      (48...57).contains($0) || (65...70).contains($0) || (97...102).contains($0)
    }
    guard isHexadecimal, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw Failure(offset: start, message: "found '\\u' without four hexadecimal digits") }
    return code
  }
}
