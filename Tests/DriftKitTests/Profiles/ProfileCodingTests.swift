import DriftKit
import DriftTestSupport
import Testing

/// Profiles as bytes, and what is refused.
@Suite struct ProfileCodingTests {
  private static func small() throws -> DatasetProfile {
    var options = DatasetProfile.Options()
    (options.exactValues, options.keptValues, options.sampledRows) = (50, 50, 10)
    return try ProfiledTable(rows: 120, seed: 1).profile(options: options)
  }

  @Test func comeBackAsTheyWere() throws {
    for profile in [try Self.small(), try ProfiledTable(rows: 2_000, seed: 2).profile(), .empty] {
      let bytes = profile.encoded()
      let read = try DatasetProfile(decoding: bytes)
      #expect(read == profile)
      #expect(read.encoded() == bytes)
      #expect(DatasetProfile.isProfile(bytes))
    }
  }

  @Test func everyDamageIsFound() throws {
    let bytes = try Self.small().encoded()
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 500)) {
      Self.expectDamaged(Array(bytes[..<length]))
    }
    var source = SplitMix64(seed: 4)
    for _ in 0..<500 {
      var damaged = bytes
      damaged[Int(source.next() % UInt64(bytes.count))] ^= UInt8(1 << (source.next() % 8))
      Self.expectDamaged(damaged)
    }
    Self.expectDamaged(bytes + [0])
    Self.expectDamaged(Array("a,b\n1,2\n".utf8))
  }

  /// With a right checksum: what is inside must hold together, or be refused.
  @Test func nonsenseWithARightChecksumIsRefusedOrUsable() throws {
    let bytes = try Self.small().encoded()
    var source = SplitMix64(seed: 5)
    for _ in 0..<2_000 {
      var damaged = bytes
      for _ in 0..<(1 + source.next() % 3) {
        let place = 24 + Int(source.next() % UInt64(bytes.count - 32))
        damaged[place] = UInt8(truncatingIfNeeded: source.next())
      }
      CheckedBytes.seal(&damaged)
      guard let profile = try? DatasetProfile(decoding: damaged) else { continue }
      var configuration = DriftConfiguration()
      configuration.maximumMeanDiscrepancy?.permutations = 9
      _ = try? DriftDetector(baseline: profile, configuration: configuration)
        .check(try Self.small())
    }
  }

  /// Numbers at the ends of their ranges, with a right checksum: no sum overflows, and what is read
  /// can be merged, settled, checked and written.
  @Test(arguments: [false, true], 0..<4) func extremesAreRefusedOrUsable(isLarge: Bool, seed: Int)
    throws
  {
    let numbers: [Double] = [
      1e308, -1e308, .leastNonzeroMagnitude, .infinity, -.infinity, .nan, 0x1p1000, 1,
    ]
    var extremes: [UInt64] = [0, 1, 1 << 50, 1 << 50 + 1, 1 << 56 - 1, 1 << 62, 1 << 63, .max]
    extremes += [UInt64(Int.max), 1 << 63 + 1] + numbers.map(\.bitPattern)
    let table = ProfiledTable(rows: 3_000, seed: UInt64(seed))
    var options = DatasetProfile.Options()
    options.sampledRows = 10
    // Of more values a sketch, of fewer all.
    options.keptValues = seed % 2 == 0 ? 1 << 17 : 1_100
    let part = isLarge ? 0..<1_500 : 0..<120
    let bytes = try table.profile(part, options: options).encoded()
    let other = try table.profile(1_500..<3_000, options: options)
    var source = SplitMix64(seed: UInt64(seed))
    var (read, refused) = (0, 0)
    for round in 0..<(isLarge ? 250 : 1_000) {
      var changed = bytes
      for _ in 0..<(1 + source.next() % 3) {
        // The beginning says most.
        let reach = round % 2 == 0 ? min(600, bytes.count - 40) : bytes.count - 40
        let place = 24 + Int(source.next() % UInt64(reach))
        let word = extremes[Int(source.next() % UInt64(extremes.count))]
        for byte in 0..<8 { changed[place + byte] = UInt8(truncatingIfNeeded: word >> (8 * byte)) }
      }
      CheckedBytes.seal(&changed)
      guard var profile = try? DatasetProfile(decoding: changed) else {
        refused += 1
        continue
      }
      read += 1
      var configuration = DriftConfiguration()
      configuration.maximumMeanDiscrepancy?.permutations = 9
      _ = try? DriftDetector(baseline: profile, configuration: configuration).check(other)
      var merged = profile
      if (try? merged.merge(other)) != nil { profile = merged }
      profile.settle(options, work: PieceWork())
      let written = profile.encoded()
      #expect(try DatasetProfile(decoding: written).encoded() == written)
      _ = try? DriftDetector(baseline: other, configuration: configuration).check(profile)
    }
    #expect(read > (isLarge ? 0 : 10) && refused > 50, "\(read) read, \(refused) refused")
  }

  @Test func aNewerVersionIsNamed() throws {
    var bytes = try Self.small().encoded()
    bytes[8] = 4
    let error = #expect(throws: DriftError.self) { try DatasetProfile(decoding: bytes) }
    #expect(error?.message.contains("version 4") == true)
    #expect(error?.message.contains("update the program") == true)
  }

  @Test func anOlderVersionIsToBeMadeAgain() throws {
    var bytes = try Self.small().encoded()
    bytes[8] = 2
    let error = #expect(throws: DriftError.self) { try DatasetProfile(decoding: bytes) }
    #expect(error?.message.contains("version 2") == true)
    #expect(error?.message.contains("make the profile again") == true)
  }

  @Test func otherColumnsAreNotMerged() throws {
    var one = DatasetProfile(try Dataset([Column("a", [1.0, 2]), Column("b", [1.0, 2])]))
    let other = DatasetProfile(try Dataset([Column("a", [1.0, 2]), Column("c", [1.0, 2])]))
    let error = #expect(throws: DriftError.self) { try one.merge(other) }
    #expect(error?.code == .invalidData)
    let text = DatasetProfile(try Dataset([Column("a", ["x", "y"]), Column("b", [1.0, 2])]))
    let kinds = #expect(throws: DriftError.self) { try one.merge(text) }
    #expect(kinds?.code == .kindMismatch)
  }

  @Test func aPartWithoutValuesFitsAnyKind() throws {
    var text = DatasetProfile(try Dataset([Column("a", ["x", nil])]))
    try text.merge(DatasetProfile(try Dataset([Column("a", [Double.nan, .nan])])))
    #expect(text.rowCount == 4 && text.kind(ofColumn: "a") == .categorical)
    var numbers = DatasetProfile(try Dataset([Column("a", [1.0])]))
    try numbers.merge(DatasetProfile(try Dataset([Column("a", [String?.none])])))
    #expect(numbers.rowCount == 2 && numbers.kind(ofColumn: "a") == .numeric)
  }

  @Test func aPartWithoutValuesTakesPartInTheSampleOfRows() throws {
    let part = DatasetProfile(
      try Dataset([Column("a", [String?](repeating: nil, count: 3)), Column("b", [1.0, 2, 3])]),
      segment: "1")
    let other = DatasetProfile(
      try Dataset([Column("a", [4.0, 5]), Column("b", [4.0, 5])]), segment: "2")
    var (first, second) = (part, other)
    try first.merge(other)
    try second.merge(part)
    for merged in [first, second] {
      #expect(merged.kind(ofColumn: "a") == .numeric && merged.rowCount == 5)
      #expect(try DatasetProfile(decoding: merged.encoded()) == merged)
      let result = try DriftDetector(baseline: merged).check(merged)
      #expect(result.maximumMeanDiscrepancy?.features == ["a", "b"])
    }
  }

  @Test func withoutNumbersNoRowsAreKept() throws {
    let levels = DatasetProfile(
      try Dataset([Column("a", (0..<1_000).map { "\($0 % 3)" as String? })]), segment: "1")
    #expect(levels.holdsRows && levels.encoded().count < 300)
    var merged = levels
    try merged.merge(
      DatasetProfile(
        try Dataset([Column("a", [Double](repeating: .nan, count: 1_000))]), segment: "2"))
    #expect(merged.kind(ofColumn: "a") == .categorical && merged.encoded().count < 300)
    #expect(try DatasetProfile(decoding: merged.encoded()) == merged)
  }

  @Test func numbersWhereTheBaselineHasLevelsAreRefused() throws {
    let detector = try DriftDetector(baseline: try Dataset([Column("a", ["x", "y"])]))
    let current = DatasetProfile(try Dataset([Column("a", [1.0, 2])]))
    let error = #expect(throws: DriftError.self) { try detector.check(current) }
    #expect(error?.code == .kindMismatch)
  }

  private static func expectDamaged(_ bytes: [UInt8]) {
    let error = #expect(throws: DriftError.self) { try DatasetProfile(decoding: bytes) }
    #expect(error?.code == .damagedProfile)
  }
}
