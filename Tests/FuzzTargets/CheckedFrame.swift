internal import DriftKit

/// A file of this product whose frame is right, whatever its content is: what lies behind magic,
/// length and checksum is reached by every input.
enum CheckedFrame {
  static let profile = Array("DRIFTPRF".utf8)
  static let sums = Array("DRIFTMMD".utf8)

  /// The file of some content.
  static func sealed(_ magic: [UInt8], _ content: [UInt8]) -> [UInt8] {
    var file = magic
    file.append(word: magic == profile ? 3 : 1)
    file.append(word: UInt64(content.count))
    file += content
    file.append(word: UInt64(file.withUnsafeBytes { Checksum.crc32c($0) }))
    return file
  }

  /// The content of a file that was written.
  static func content(_ file: [UInt8]) -> [UInt8] { Array(file.dropFirst(24).dropLast(8)) }

  /// Content with some of it written over, cut out or put in.
  static func patched(_ content: [UInt8], _ bytes: inout FuzzBytes) -> [UInt8] {
    var content = content
    for _ in 0..<bytes.choice(4) where !content.isEmpty {
      let place = (Int(bytes.byte()) << 8 | Int(bytes.byte())) % content.count
      switch bytes.choice(4) {
      case 0: content[place] = bytes.byte()
      case 1:
        var word: [UInt8] = []
        word.append(word: UInt64(bitPattern: Int64(bytes.int())))
        content.replaceSubrange(place..<min(place + 8, content.count), with: word)
      case 2:
        var word: [UInt8] = []
        word.append(word: bytes.double().bitPattern)
        content.replaceSubrange(place..<min(place + 8, content.count), with: word)
      default:
        content.removeSubrange(place..<min(place + 1 + bytes.choice(16), content.count))
      }
    }
    return content
  }
}

extension [UInt8] {
  mutating func append(word value: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func append(int value: Int) { append(word: UInt64(bitPattern: Int64(value))) }
  mutating func append(double value: Double) { append(word: value.bitPattern) }

  mutating func append(text: String) {
    append(int: text.utf8.count)
    append(contentsOf: text.utf8)
  }

  /// As many bytes as the number needs (LEB128).
  mutating func append(leb number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest & 0x7F) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}
