internal import CColumnKernels
package import CInstructionSets

/// CRC-32C (Castagnoli), as RFC 3720 has it: finds damage, not deceit.
package enum Checksum {
  /// The checksum of some bytes.
  ///
  /// Source: Kounavis & Berry, "A systematic approach to building high performance software-based CRC
  /// generators", 2005: eight bytes at a time by eight tables.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - instructionSet: What to work with; all give the same.
  /// - Returns: The checksum.
  /// - Complexity: O(n), one look-up for each byte where there is no instruction for it.
  package static func crc32c(
    _ bytes: UnsafeRawBufferPointer, instructionSet: InstructionSet = InstructionSet.best
  ) -> UInt32 {
    var value = UInt32.max
    if let base = bytes.baseAddress,
      drift_crc32c(instructionSet, base, Int64(bytes.count), &value) != 0
    {
      return ~value
    }
    tables.withUnsafeBufferPointer { tables in
      var next = 0
      while bytes.count - next >= 8 {
        let word =
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: next, as: UInt64.self))
          ^ UInt64(value)
        value = 0
        for place in 0..<8 {
          value ^=
            tables[(7 - place) << 8 | Int(truncatingIfNeeded: word >> (8 * UInt64(place)) & 0xFF)]
        }
        next += 8
      }
      while next < bytes.count {
        value =
          (value >> 8) ^ tables[Int(truncatingIfNeeded: (value ^ UInt32(bytes[next])) & 0xFF)]
        next += 1
      }
    }
    return ~value
  }

  /// What a byte makes of a checksum when 0 to 7 more bytes follow, 256 numbers each.
  private static let tables: [UInt32] = {
    var tables = (UInt32(0)..<256).map { index in
      var value = index
      for _ in 0..<8 {
        let isOdd = value & 1 == 1
        value >>= 1
        if isOdd { value ^= 0x82F6_3B78 }
      }
      return value
    }
    for place in 256..<2048 {
      let before = tables[place - 256]
      tables.append((before >> 8) ^ tables[Int(before & 0xFF)])
    }
    return tables
  }()
}
