internal import DriftReport
import Glibc
internal import Tabular

/// The text of a configuration file, or of another small one: UTF-8 without a byte order mark and without
/// control characters.
struct ConfigurationText {
  /// What a file is.
  struct Kind: Sendable {
    /// What cannot be read.
    let name: String
    /// What is expected.
    let expected: String
    /// What is given instead.
    let format: String
    /// The most bytes, a power of two from 1 MiB on.
    let limit: Int

    /// The settings of a program.
    static let settings = Kind(
      name: "configuration", expected: "the settings of one program", format: "YAML or JSON",
      limit: 1 << 20)
  }

  /// The file as the user gave it.
  let file: String
  /// Its bytes.
  let bytes: [UInt8]

  /// Reads a file.
  ///
  /// - Throws: `ConfigurationError` when it cannot be read, is too large or is not text.
  init(reading file: String, _ kind: Kind = .settings) throws(ConfigurationError) {
    let descriptor = Descriptor.open(file, O_RDONLY)
    guard descriptor >= 0 else { throw Self.unreadable(file, -descriptor, kind) }
    defer { close(descriptor) }
    let before = FileIdentity(descriptor: descriptor)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= kind.limit {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { break }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno != EINTR {
        throw Self.unreadable(file, errno, kind)
      }
    }
    guard before == nil || before == FileIdentity(descriptor: descriptor) else {
      throw ConfigurationError([
        .init(
          .unreadable, .file(file),
          "changed while it was read; run again when nothing writes to it")
      ])
    }
    try self.init(file: file, bytes, kind)
  }

  /// Takes the bytes of a file.
  ///
  /// - Throws: `ConfigurationError` when they are too many or not text.
  init(file: String, _ bytes: [UInt8], _ kind: Kind = .settings) throws(ConfigurationError) {
    guard bytes.count <= kind.limit else {
      throw ConfigurationError([
        .init(
          .limit, .file(file),
          "found more than \(kind.limit >> 20) MiB, expected \(kind.expected); cut it")
      ])
    }
    self.file = file
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    if let problem = firstBadCharacter { throw ConfigurationError([problem]) }
  }

  private static func unreadable(_ file: String, _ number: Int32, _ kind: Kind)
    -> ConfigurationError
  {
    ConfigurationError([
      .init(
        .unreadable, .file(file),
        "cannot read the \(kind.name): \(describe(errno: number)); give a file of \(kind.format)")
    ])
  }

  /// A place in this file.
  func place(line: Int, column: Int) -> TextPlace {
    TextPlace(file: file, line: line, column: column)
  }

  /// The place behind the last character.
  var end: TextPlace {
    var (line, column) = (1, 1)
    for offset in bytes.indices {
      if endsLine(offset) {
        (line, column) = (line + 1, 1)
      } else if bytes[offset] & 0xC0 != 0x80 {
        // Bytes that go on with a character are not counted.
        column += 1
      }
    }
    return place(line: line, column: column)
  }

  /// Whether a place is behind the last character.
  func isEnd(_ place: TextPlace) -> Bool {
    let end = end
    return (place.line, place.column) >= (end.line, end.column)
  }

  /// What stands from a place on up to the end of its line; empty where there is no such place.
  func rest(from place: TextPlace) -> Substring.UnicodeScalarView {
    var (line, start) = (1, 0)
    while line < place.line, start < bytes.count {
      if endsLine(start) { line += 1 }
      start += 1
    }
    let rest = bytes[start...].prefix { $0 != 0x0A && $0 != 0x0D }
    return String(decoding: rest, as: UTF8.self)[...].unicodeScalars.dropFirst(place.column - 1)
  }

  /// Whether a byte ends a line: LF, CR LF or CR.
  private func endsLine(_ offset: Int) -> Bool {
    bytes[offset] == 0x0A || bytes[offset] == 0x0D && bytes[safe: offset + 1] != 0x0A
  }

  private var firstBadCharacter: ConfigurationError.Problem? {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var (line, column, offset) = (1, 1, 0)
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .emptyInput: return nil
      case .error:
        let byte = String(bytes[offset], radix: 16, uppercase: true)
        return .init(
          .syntax, at: place(line: line, column: column),
          "found the byte 0x\(byte), which is not UTF-8; save the file as UTF-8")
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        guard Self.isText(scalar) else {
          let code = String(scalar.value, radix: 16, uppercase: true)
          return .init(
            .syntax, at: place(line: line, column: column),
            "found the control character U+\(code), expected text; take it out, or write it as an "
              + "escape in double quotes")
        }
        offset += encoded.count
        let isBreak = scalar == "\n" || scalar == "\r" && bytes[safe: offset] != 0x0A
        (line, column) = isBreak ? (line + 1, 1) : (line, column + 1)
      }
    }
  }

  /// Whether a character may stand in a file: what YAML 1.2 calls printable, less the line breaks
  /// that only older versions of YAML know.
  private static func isText(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE,
      0xFF00...0xFFFD, 0x10000...0x10FFFF:
      true
    default: false
    }
  }
}

extension [UInt8] {
  /// The byte at a place; nil beyond the end.
  subscript(safe place: Int) -> UInt8? { place < count ? self[place] : nil }
}
