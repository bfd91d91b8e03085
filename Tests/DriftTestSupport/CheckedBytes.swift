/// Bytes that end with their checksum, as profiles and sums do.
public enum CheckedBytes {
  /// Puts the right checksum behind whatever is before it.
  public static func seal(_ bytes: inout [UInt8]) {
    bytes.replaceSubrange((bytes.count - 8)..., with: checksum(bytes.dropLast(8)))
  }

  /// CRC-32C bit by bit, as RFC 3720 has it.
  private static func checksum(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var value = UInt32.max
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0x82F6_3B78 : value >> 1 }
    }
    let sum = UInt64(~value)
    return (0..<8).map { UInt8(truncatingIfNeeded: sum >> UInt64(8 * $0)) }
  }
}
