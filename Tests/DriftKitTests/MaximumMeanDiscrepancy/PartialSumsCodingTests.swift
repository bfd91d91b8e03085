import DriftKit
import DriftTestSupport
import Testing

/// Partial sums as bytes, and what is refused.
@Suite struct PartialSumsCodingTests {
  typealias PartialSums = MaximumMeanDiscrepancy.PartialSums

  private static func small(_ change: (inout PartialSumsTests.Case) -> Void = { _ in }) throws
    -> (PartialSumsTests.Case, [UInt8])
  {
    var test = try PartialSumsTests.Case(9, 8, columns: 2, seed: 1)
    test.options.permutations = 5
    change(&test)
    return (test, try test.shard(0, of: 1).encoded())
  }

  @Test(arguments: MaximumMeanDiscrepancy.UnitChoice.allCases)
  func comeBackAsTheyWere(_ unit: MaximumMeanDiscrepancy.UnitChoice) throws {
    var test = try PartialSumsTests.Case(700, 300, columns: 2, seed: 2)
    test.options.unit = unit
    for index in 0..<3 {
      let sums = try test.shard(index, of: 3)
      let read = try PartialSums(decoding: sums.encoded())
      #expect(read == sums && read.encoded() == sums.encoded())
      #expect(read.shards == [index] && read.shardCount == 3)
    }
    // Some merged ones, too.
    var two = try test.shard(2, of: 3)
    try two.merge(test.shard(0, of: 3))
    #expect(try PartialSums(decoding: two.encoded()) == two)
  }

  @Test func truncationAtEveryLengthIsFound() throws {
    let (_, bytes) = try Self.small()
    for length in bytes.indices { Self.expectDamaged(Array(bytes[..<length])) }
    Self.expectDamaged(bytes + [0])
    Self.expectDamaged(Array("a,b\n1,2\n".utf8))
  }

  @Test func everyFlippedBitIsFound() throws {
    let (_, bytes) = try Self.small()
    for place in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[place] ^= UInt8(1 << bit)
        Self.expectDamaged(damaged)
      }
    }
  }

  /// With a right checksum: what is inside must hold together, or be refused.
  @Test func nonsenseWithARightChecksumIsRefusedOrUsable() throws {
    let (test, bytes) = try Self.small()
    var source = SplitMix64(seed: 5)
    var refused = 0
    for round in 0..<4_000 {
      var damaged = bytes
      for _ in 0..<(1 + source.next() % 3) {
        let place = 24 + Int(source.next() % UInt64(bytes.count - 32))
        damaged[place] = round % 2 == 0 ? UInt8(truncatingIfNeeded: source.next()) : 0x7F
      }
      CheckedBytes.seal(&damaged)
      guard var sums = try? PartialSums(decoding: damaged) else {
        refused += 1
        continue
      }
      _ = try? test.finish(sums)
      _ = try? sums.merge(sums)
      _ = try? sums.merge(test.shard(0, of: 1))
    }
    #expect(refused > 0)
  }

  @Test func aNewerVersionIsNamed() throws {
    var (_, bytes) = try Self.small()
    bytes[8] = 3
    let error = #expect(throws: PartialSumsError.self) { try PartialSums(decoding: bytes) }
    #expect(error?.code == .damaged)
    #expect(error?.message.contains("version 3") == true)
    #expect(error?.message.contains("update the program") == true)
  }

  /// From a program whose test had one kernel.
  @Test func anOlderVersionIsNamed() throws {
    var (_, bytes) = try Self.small()
    bytes[8] = 1
    let error = #expect(throws: PartialSumsError.self) { try PartialSums(decoding: bytes) }
    #expect(error?.code == .damaged)
    #expect(error?.message.contains("version 1") == true)
    #expect(error?.message.contains("make them again") == true)
  }

  /// The same format, but another kernel: a later version of the library.
  @Test func anotherKernelIsNamed() throws {
    var (test, bytes) = try Self.small()
    // Behind the head: the number of shards, one shard with its count before it, the kernel.
    let place = 24 + 8 + 16
    #expect(bytes[place] == 2)
    bytes[place] = 3
    CheckedBytes.seal(&bytes)
    let sums = try PartialSums(decoding: bytes)
    let error = #expect(throws: PartialSumsError.self) { try test.finish(sums) }
    #expect(error?.code == .otherTest)
    #expect(error?.message.contains("kernel version 3, this test has kernel version 2") == true)
    test.options.seed = 77
    #expect(throws: PartialSumsError.self) { try test.finish(sums) }
  }

  private static func expectDamaged(_ bytes: [UInt8]) {
    let error = #expect(throws: PartialSumsError.self) { try PartialSums(decoding: bytes) }
    #expect(error?.code == .damaged)
  }
}
