import DriftKit
import DriftTestSupport
import Foundation
import Testing

/// Counts of levels against a dictionary.
@Suite("Sketch of levels")
struct LevelSketchTests {
  enum Stream: String, CaseIterable, Sendable {
    case zipf, identifiers, few, fewThenMany, manyThenFew, rounds

    func levels(_ count: Int, seed: UInt64) -> [Level] {
      var generator = SplitMix64(seed: seed)
      return (0..<count).map { row in
        let uniform = Double((generator.next() >> 11) + 1) * 0x1p-53
        let number: Int =
          switch self {
          case .zipf: Int(min(1 / uniform, 1e9))
          case .identifiers: row
          case .few: Int(uniform * 12)
          case .fewThenMany: row < count / 2 ? row % 5 : row
          case .manyThenFew: row < count / 2 ? row : row % 5
          case .rounds: row % 3_000
          }
        return Level(number % 7 == 0 ? "\(number)" : "level \(number) é")
      }
    }
  }

  private func exact(_ levels: [Level]) -> [Level: Int] {
    levels.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  private func sketch(
    _ levels: some Sequence<Level>, limit: Int = LevelSketch.defaultLevelLimit,
    bytes: Int = LevelSketch.defaultByteLimit
  ) -> LevelSketch {
    var sketch = LevelSketch(levelLimit: limit, byteLimit: bytes)
    for level in levels { sketch.add(level) }
    return sketch
  }

  private func bytes(_ sketch: LevelSketch) -> [UInt8] {
    var bytes: [UInt8] = []
    sketch.encode(into: &bytes)
    return bytes
  }

  /// Counts are too low by the error at most, and never too high.
  private func expectBound(_ sketch: LevelSketch, _ levels: [Level], limit: Int?) {
    let truth = exact(levels)
    #expect(sketch.count == levels.count)
    for (level, count) in truth {
      let estimate = sketch.count(of: level)
      let room = sketch.uncertainty(of: level)
      guard estimate <= count, count <= estimate + room, room <= sketch.countError else {
        Issue.record("\(level): \(estimate), truth \(count), error \(sketch.countError)")
        return
      }
    }
    #expect(sketch.counts.keys.allSatisfy { truth[$0] != nil })
    #expect(sketch.distinctAtLeast <= truth.count)
    #expect(sketch.counts.count <= sketch.levelLimit)
    if let limit { #expect(sketch.countError <= levels.count / (limit / 2 + 1)) }
  }

  @Test("Few levels are counted exactly, in any grouping and order", arguments: Stream.allCases)
  func exactCounts(stream: Stream) throws {
    let levels = stream.levels(20_000, seed: 1)
    let whole = sketch(levels)
    #expect(whole.isExact && whole.counts == exact(levels) && whole.count == 20_000)
    #expect(whole.distinctAtLeast == exact(levels).count)
    var generator = SplitMix64(seed: 2)
    for partCount in [1, 2, 9, 40] {
      var parts = [LevelSketch](repeating: LevelSketch(), count: partCount)
      for level in levels {
        parts[Int.random(in: 0..<partCount, using: &generator)].add(level)
      }
      while parts.count > 1 {
        parts.shuffle(using: &generator)
        let part = parts.removeLast()
        parts[Int.random(in: 0..<parts.count, using: &generator)].merge(part)
      }
      #expect(parts[0] == whole && parts[0].hashValue == whole.hashValue)
      #expect(bytes(parts[0]) == bytes(whole))
    }
    var counted = LevelSketch()
    counted.add(try LevelCounts(counts: exact(levels), missing: 7))
    #expect(counted == whole)
    counted.add("one more")
    #expect(counted != whole && bytes(counted) != bytes(whole))
  }

  @Test("Many levels: no count is off by more than the bound", arguments: Stream.allCases)
  func bound(stream: Stream) {
    let levels = stream.levels(60_000, seed: 3)
    for limit in [2, 3, 10, 100, 1_000] {
      let whole = sketch(levels, limit: limit)
      #expect(whole.isExact == (exact(levels).count <= limit))
      expectBound(whole, levels, limit: limit)
      var generator = SplitMix64(seed: UInt64(limit))
      for partCount in [3, 50] {
        var parts: [LevelSketch] = []
        for part in 0..<partCount {
          let rows = levels.count * part / partCount..<levels.count * (part + 1) / partCount
          parts.append(sketch(levels[rows], limit: limit))
        }
        while parts.count > 1 {
          let part = parts.remove(at: Int.random(in: 0..<parts.count, using: &generator))
          parts[Int.random(in: 0..<parts.count, using: &generator)].merge(part)
        }
        expectBound(parts[0], levels, limit: limit)
      }
    }
  }

  @Test("A frequent level among a million others is there, at the limits of a run")
  func frequent() {
    var sketch = LevelSketch()
    var levels: [Level] = []
    for row in 0..<400_000 {
      levels.append(row % 8_000 == 0 ? "frequent" : Level("id-\(row)"))
    }
    for level in levels { sketch.add(level) }
    #expect(!sketch.isExact && sketch.countError <= 400_000 / 32_769)
    #expect(sketch.count(of: "frequent") >= 50 - sketch.countError)
    #expect(sketch.count(of: "frequent") > 0 && sketch.distinctAtLeast > 1 << 16)
    expectBound(sketch, levels, limit: 1 << 16)
  }

  @Test(
    "What is frequent from the beginning is counted exactly, in parts too", arguments: [1, 4, 30])
  func exactFrequent(partCount: Int) {
    var generator = SplitMix64(seed: 9)
    let levels = (0..<200_000).map { row -> Level in
      let number = Int(generator.next() % 100)
      return number < 40 ? Level("frequent \(number % 8)") : Level("id-\(row)")
    }
    var whole = LevelSketch(levelLimit: 2_000)
    for part in 0..<partCount {
      let rows = levels.count * part / partCount..<levels.count * (part + 1) / partCount
      whole.merge(sketch(levels[rows], limit: 2_000))
    }
    expectBound(whole, levels, limit: 2_000)
    #expect(!whole.isExact)
    let truth = exact(levels)
    for number in 0..<8 {
      let level = Level("frequent \(number)")
      #expect(whole.count(of: level) == truth[level] && whole.uncertainty(of: level) == 0)
    }
    #expect(whole.uncertainty(of: "never seen") == whole.countError)
  }

  @Test("Levels that are counted together are dropped whatever their order")
  func together() {
    let levels = Stream.zipf.levels(5_000, seed: 10)
    func counted(_ levels: [Level]) -> LevelSketch {
      var sketch = LevelSketch(levelLimit: 50)
      for start in stride(from: 0, to: levels.count, by: 1_000) {
        sketch.add { body in
          for level in levels[start..<start + 1_000] {
            level.bytes.withUnsafeBufferPointer { body($0, 1) }
          }
        }
      }
      return sketch
    }
    var generator = SplitMix64(seed: 11)
    var shuffled: [Level] = []
    for start in stride(from: 0, to: levels.count, by: 1_000) {
      shuffled += levels[start..<start + 1_000].shuffled(using: &generator)
    }
    let sketch = counted(levels)
    #expect(!sketch.isExact && bytes(counted(shuffled)) == bytes(sketch))
    #expect(sketch.counts.count <= 50)
    expectBound(sketch, levels, limit: 50)
  }

  @Test("A lower bound may be set later")
  func bound() {
    var sketch = sketch(Stream.zipf.levels(5_000, seed: 12))
    let exact = sketch.counts
    sketch.bound(levels: exact.count, bytes: 1 << 20)
    #expect(sketch.isExact)
    sketch.bound(levels: 20, bytes: 1 << 20)
    #expect(!sketch.isExact && sketch.counts.count <= 10)
    expectBound(sketch, Stream.zipf.levels(5_000, seed: 12), limit: 20)
  }

  @Test("Long levels are bounded by their bytes")
  func longLevels() {
    let long = String(repeating: "x", count: 1_000)
    let levels = (0..<3_000).map { row in
      row % 3 == 0 ? Level("short") : Level(long + String(row % 100 < 50 ? row : 1))
    }
    let sketch = sketch(levels, limit: 1_000, bytes: 100_000)
    #expect(!sketch.isExact && sketch.count(of: "short") > 0)
    #expect(sketch.counts.keys.reduce(0) { $0 + $1.bytes.count } <= 100_000)
    expectBound(sketch, levels, limit: nil)
    // One that is longer than everything allowed.
    var other = LevelSketch(levelLimit: 100, byteLimit: 10)
    other.add("ab", count: 3)
    other.add(Level(long))
    #expect(other.counts == ["ab": 3] && other.countError == 1 && other.count == 4)
    #expect(other.distinctAtLeast == 2)
  }

  @Test("The lower limits hold after merging")
  func limits() {
    var large = sketch(Stream.identifiers.levels(500, seed: 1))
    let small = sketch(Stream.few.levels(100, seed: 1), limit: 50, bytes: 4_000)
    large.merge(small)
    #expect(!large.isExact && large.levelLimit == 50 && large.byteLimit == 4_000)
    #expect(large.count == 600 && large.counts.count <= 50)
    large.add("none", count: 0)
    large.add("none", count: -4)
    #expect(large.count == 600)
  }

  private var samples: [LevelSketch] {
    [
      LevelSketch(), sketch([""]), sketch(["a", "b", "a", "ab"]),
      sketch(Stream.zipf.levels(3_000, seed: 4)),
      sketch(Stream.zipf.levels(3_000, seed: 4), limit: 100),
      sketch(Stream.identifiers.levels(200, seed: 4), limit: 199),
    ]
  }

  @Test("Reading gives what was written, and leaves what follows")
  func roundTrip() throws {
    for sample in samples {
      let written = [9] + bytes(sample) + [4, 5]
      var rest = written[1...]
      let copy = try LevelSketch(decoding: &rest)
      #expect(copy == sample && bytes(copy) == bytes(sample) && Array(rest) == [4, 5])
      #expect(copy.isExact == sample.isExact && copy.countError == sample.countError)
      #expect(copy.distinctAtLeast == sample.distinctAtLeast && copy.counts == sample.counts)
    }
  }

  @Test("Every cut is an error")
  func cuts() {
    for written in samples.map(bytes) {
      for length in 0..<written.count {
        var rest = written[..<length]
        #expect {
          try LevelSketch(decoding: &rest)
        } throws: { ($0 as? SketchError)?.code == .truncated }
        #expect(rest.count == length)
      }
    }
  }

  @Test("No bytes make it stop: what is read can be used")
  func fuzz() {
    var generator = SplitMix64(seed: 5)
    var (accepted, refused) = (0, 0)
    for written in samples.map(bytes) {
      for round in 0..<1_000 {
        var damaged = written
        let reach = round % 2 == 0 ? min(written.count, 30) : written.count
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          let place = Int.random(in: 0..<reach, using: &generator)
          damaged[place] =
            round % 3 == 0
            ? UInt8(generator.next() & 0xFF) : damaged[place] ^ 1 << UInt8(generator.next() % 8)
        }
        var rest = damaged[...]
        do {
          var sketch = try LevelSketch(decoding: &rest)
          accepted += 1
          let copy = sketch
          sketch.merge(copy)
          sketch.add("more")
          #expect(sketch.count == 2 * copy.count + 1)
          #expect(sketch.counts.values.reduce(0, +) <= sketch.count)
        } catch {
          refused += 1
          #expect(error.offset <= damaged.count && !error.message.isEmpty)
        }
      }
    }
    #expect(accepted > 50 && refused > 500, "\(accepted) accepted, \(refused) refused")
  }

  @Test(
    "What is wrong is said",
    arguments: [
      ([7], "of kind 7"), ([2, 1, 2], "error of counts is 2, the most expected are 1"),
      ([2, 1, 0, 0, 0], "have 0 rows"), ([2, 0, 0, 0, 1, 1], "what level 0 shares is 1"),
      ([2, 2, 0, 2, 2, 0, 1, 98, 1, 0, 1, 97, 1], "not after the one before"),
      ([2, 2, 0, 1, 1, 0, 1, 98, 1], "have 1 rows, expected 2"),
      ([2, 2, 0, 2, 1, 0, 1, 98, 2], "2 different levels, expected 1"),
      ([2, 2, 0, 1, 1, 0, 1, 98, 0], "0 times"), ([2, 2, 0, 1, 1, 0, 11], "is 11, the most"),
      ([2, 9, 0, 9, 101], "is 101, the most expected are 100"),
    ] as [([UInt8], String)])
  func refusal(bytes: [UInt8], text: String) {
    var rest = bytes[...]
    #expect {
      try LevelSketch(decoding: &rest, levelLimit: 100, byteLimit: 10)
    } throws: { error in
      (error as? SketchError)?.description.contains(text) == true
    }
  }
}
