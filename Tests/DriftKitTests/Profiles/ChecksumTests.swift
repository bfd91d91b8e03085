import CInstructionSets
import DriftKit
import DriftTestSupport
import Testing

/// The checksum of files, with every instruction set.
@Suite("Profiles: checksum")
struct ChecksumTests {
  private func sum(_ bytes: [UInt8], _ set: InstructionSet) -> UInt32 {
    bytes.withUnsafeBytes { Checksum.crc32c($0, instructionSet: set) }
  }

  @Test("Known ones, from RFC 3720, B.4, and the check value of CRC-32/ISCSI")
  func known() {
    for set in Works.instructionSets {
      #expect(sum([], set) == 0)
      #expect(sum(Array(repeating: 0, count: 32), set) == 0x8A91_36AA)
      #expect(sum(Array(repeating: 0xFF, count: 32), set) == 0x62A8_AB43)
      #expect(sum(Array(0..<32), set) == 0x46DD_794E)
      #expect(sum(Array("123456789".utf8), set) == 0xE306_9283)
    }
  }

  @Test("The same with every instruction set, whatever the size and place")
  func sameSum() {
    var generator = SplitMix64(seed: 1)
    let bytes = (0..<1_000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    for size in 0..<100 {
      for start in [0, 1, 5] {
        let part = Array(bytes[start..<start + size])
        for set in Works.instructionSets {
          #expect(sum(part, set) == sum(part, .portable), "\(size) bytes, \(set)")
        }
      }
    }
  }
}
