import CColumnKernels
import DriftKit
import DriftTestSupport
import Foundation
import Testing

/// Levels and numbers that somebody chose by what they hash to.
@Suite("Levels chosen by their hash") struct ChosenLevelsTests {
  /// Levels whose hash begins with 63 zeros, so that they are in every sample:
  /// `fixtures/attacks/sampled_levels.py`.
  private static func chosen() throws -> [Level] {
    let file = Project.root.appending(path: "fixtures/attacks/sampled-levels.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
      let digits = Array(line.utf8)
      return Level(
        bytes: stride(from: 0, to: digits.count, by: 2).compactMap {
          UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        })
    }
  }

  private static let ordinary = (0..<2_000).map { Level("level \($0)") }

  private static func sketch(_ levels: [Level]) -> LevelSketch {
    var sketch = LevelSketch(levelLimit: 128, byteLimit: 1 << 20)
    for level in levels { sketch.add(level) }
    return sketch
  }

  /// No number of them makes a sample grow beyond its limit: it is given up.
  @Test func samplesStayBounded() throws {
    let chosen = try Self.chosen()
    #expect(chosen.count == 300)
    let plain = Self.sketch(Self.ordinary)
    #expect(plain.sampled.map { $0.counts.count <= 16 && $0.shift < 20 } == true)
    for levels in [chosen, Self.ordinary + chosen, chosen + Self.ordinary] {
      let sketch = Self.sketch(levels)
      #expect(!sketch.isExact && sketch.count == levels.count)
      #expect((sketch.sampled?.counts.count ?? 0) <= 16)
      var merged = plain
      merged.merge(sketch)
      #expect((merged.sampled?.counts.count ?? 0) <= 16)
      // As every one without a sample it can be written and read.
      var bytes: [UInt8] = []
      merged.encode(into: &bytes)
      var rest = bytes[...]
      #expect(try LevelSketch(decoding: &rest) == merged)
    }
    // A few of them are some of a sample.
    let few = Self.sketch(Self.ordinary + chosen.prefix(5))
    #expect(
      few.sampled.map { sample in chosen.prefix(5).allSatisfy { sample.counts[$0] == 1 } } == true)
  }

  /// Numbers that all begin in one slot under a product with the number that was known once.
  @Test func numbersDoNotPileUp() {
    let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
    var inverse: UInt64 = 1
    for _ in 0..<6 { inverse = inverse &* (2 &- factor &* inverse) }
    var generator = SplitMix64(seed: 5)
    var numbers: Set<Double> = []
    while numbers.count < 1_000 {
      let upper = generator.next() & 0xFFFF
      // The upper halves of 16 bits are equal in their lower twelve.
      let product = upper << 48 | (upper & 0x0FFF) << 32 | generator.next() & 0xFFFF_FFFF
      let number = Double(bitPattern: product &* inverse)
      if number.isFinite { numbers.insert(number) }
    }
    var (values, counts) = (
      [Double](repeating: 0, count: 4_096), [Int64](repeating: 0, count: 4_096)
    )
    let status = values.withUnsafeMutableBufferPointer { values in
      counts.withUnsafeMutableBufferPointer { counts in
        var set = drift_value_set(
          values: values.baseAddress, counts: counts.baseAddress, slots: 4_096, used: 0,
          limit: 1_024, multiplier: generator.next() | 1)
        return drift_count_different(&set, Array(numbers), Int64(numbers.count))
      }
    }
    #expect(status == 0 && counts.count { $0 == 1 } == 1_000)
    var (run, longest) = (0, 0)
    for count in counts {
      run = count > 0 ? run + 1 : 0
      longest = max(longest, run)
    }
    #expect(longest < 600, "all of 1,000 stood in one row")
  }

  /// A profile in which very many single values have bins: each was looked for among all.
  @Test func binsOfManyValues() throws {
    let values = (0..<100_000).map { Double($0) }
    var column = ForgedNumbers(rows: 5, values: .few([(1, 5)]))
    column.bins = (values, [0, 5] + [Int](repeating: 0, count: 2 * values.count - 1))
    let bytes = ForgedProfile(rows: 5, columns: [column.bytes]).bytes
    let start = ContinuousClock.now
    let profile = try DatasetProfile(decoding: bytes, limit: 1 << 30)
    #expect(profile.rowCount == 5)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  /// The parts of merged profiles ascend by their names, whatever the order; one that is in both is
  /// refused.
  @Test func mergedParts() throws {
    func part(_ name: String) throws -> DatasetProfile {
      try DatasetProfile(
        Dataset([Column("x", [1, 2, Double(name.count)])]), segment: name)
    }
    let names = ["b", "a", "é", "e\u{301}", "z", "aa", "B"]
    var merged = try part(names[0])
    for name in names.dropFirst() { try merged.merge(part(name)) }
    #expect(
      merged.segments.map { Array($0.utf8) }
        == names.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
    for name in names {
      var whole = merged
      let error = #expect(throws: DriftError.self) { try whole.merge(part(name)) }
      #expect(error?.message.contains("'\(name)' is in both profiles") == true)
    }
  }
}
