/// CRC-32C (Castagnoli), as RFC 3720 has it: finds damage, not deceit.
enum Checksum {
  /// The checksum of some bytes.
  /// - Complexity: O(n), one look-up for each byte.
  static func crc32c(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let table = table()
    var value = UInt32.max
    for byte in bytes {
      value = (value >> 8) ^ table[Int(truncatingIfNeeded: (value ^ UInt32(byte)) & 0xFF)]
    }
    return ~value
  }

  private static func table() -> [UInt32] {
    (UInt32(0)..<256).map { index in
      var value = index
      for _ in 0..<8 {
        let isOdd = value & 1 == 1
        value >>= 1
        if isOdd { value ^= 0x82F6_3B78 }
      }
      return value
    }
  }
}
