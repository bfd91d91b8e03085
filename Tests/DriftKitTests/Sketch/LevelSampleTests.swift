import DriftKit
import DriftTestSupport
import Testing

/// The levels that are chosen by their bytes, against a dictionary of all.
@Suite("Sample of levels")
struct LevelSampleTests {
  private static func levels(_ count: Int, seed: UInt64) -> [Level] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { row in
      let uniform = Double((generator.next() >> 11) + 1) * 0x1p-53
      return Level(row % 3 == 0 ? "id-\(seed)-\(row)" : "\(Int(min(1 / uniform, 1e9)))")
    }
  }

  private static func sketch(_ levels: some Sequence<Level>, limit: Int = 800, bytes: Int = 1 << 20)
    -> LevelSketch
  {
    var sketch = LevelSketch(levelLimit: limit, byteLimit: bytes)
    for level in levels { sketch.add(level) }
    return sketch
  }

  /// FNV-1a and the last steps of MurmurHash3, once more.
  private static func hash(_ level: Level) -> UInt64 {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in level.bytes {
      hash ^= UInt64(byte)
      hash = hash &* 1_099_511_628_211
    }
    for factor: UInt64 in [0xFF51_AFD7_ED55_8CCD, 0xC4CE_B9FE_1A85_EC53] {
      hash ^= hash >> 33
      hash = hash &* factor
    }
    return hash ^ (hash >> 33)
  }

  private static func expected(_ levels: some Sequence<Level>, shift: Int) -> [Level: Int] {
    levels.reduce(into: [:]) { counts, level in
      if hash(level).leadingZeroBitCount >= shift { counts[level, default: 0] += 1 }
    }
  }

  private static func bytes(_ sketch: LevelSketch) -> [UInt8] {
    var bytes: [UInt8] = []
    sketch.encode(into: &bytes)
    return bytes
  }

  @Test("Each level that is chosen has all its rows", arguments: [700, 5_000, 60_000])
  func counts(rows: Int) throws {
    let levels = Self.levels(rows, seed: 1)
    for (limit, bytes) in [(800, 1 << 20), (130, 1 << 20), (1 << 20, 4_000), (1 << 20, 1 << 20)] {
      let sketch = Self.sketch(levels, limit: limit, bytes: bytes)
      guard !sketch.isExact else {
        #expect(sketch.sampled == nil)
        continue
      }
      let sample = try #require(sketch.sampled)
      #expect(sample.counts == Self.expected(levels, shift: sample.shift))
      let size = sample.counts.keys.reduce(0) { $0 + $1.bytes.count }
      #expect(sample.counts.count <= limit / 8 && size <= bytes / 8)
      // With half as many it would be too small for no reason.
      let more = Self.expected(levels, shift: sample.shift - 1)
      #expect(
        more.count > limit / 8 || more.keys.reduce(0) { $0 + $1.bytes.count } > bytes / 8)
    }
  }

  @Test("A level that is too long for the sample leaves it empty")
  func long() throws {
    let levels = (0..<50).map { Level(String(repeating: "x", count: 3_000) + "\($0)") }
    let sketch = Self.sketch(levels, limit: 20, bytes: 1 << 20)
    let short = Self.sketch(levels, limit: 20, bytes: 20_000)
    #expect(try #require(sketch.sampled).counts.count <= 16)
    #expect(try #require(short.sampled).counts.isEmpty)
    var encoded = Self.bytes(short)[...]
    #expect(try LevelSketch(decoding: &encoded) == short)
  }

  @Test("Samples of parts merge to that of the whole", arguments: [UInt64(2), 3, 4])
  func merging(seed: UInt64) throws {
    let levels = Self.levels(20_000, seed: seed)
    var generator = SplitMix64(seed: seed)
    // Some parts are exact, some are not, and some are empty.
    let cuts =
      ([0, 0, 100, 19_500, 20_000]
      + (0..<4).map { _ in Int.random(in: 0...20_000, using: &generator) }).sorted()
    var parts = zip(cuts, cuts.dropFirst()).map { Self.sketch(levels[$0..<$1]) }
    #expect(parts.contains { $0.isExact && $0.count > 0 } && parts.contains { !$0.isExact })
    for _ in 0..<4 {
      parts.shuffle(using: &generator)
      var merged = LevelSketch(levelLimit: 800)
      for part in parts { merged.merge(part) }
      let sample = try #require(merged.sampled)
      #expect(sample.counts == Self.expected(levels, shift: sample.shift))
      let (first, second) = (parts.prefix(4), parts.dropFirst(4))
      var (left, right) = (first[0], second[second.startIndex])
      for part in first.dropFirst() { left.merge(part) }
      for part in second.dropFirst() { right.merge(part) }
      left.merge(right)
      let other = try #require(left.sampled)
      #expect(other.shift == sample.shift && other.counts == sample.counts)
    }
  }

  @Test("The bytes of a sketch hold the sample") func coding() throws {
    let sketch = Self.sketch(Self.levels(30_000, seed: 5))
    let bytes = Self.bytes(sketch)
    #expect(bytes[0] == 3)
    var rest = (bytes + [1, 2])[...]
    let decoded = try LevelSketch(decoding: &rest)
    #expect(decoded == sketch && rest == [1, 2] && Self.bytes(decoded) == bytes)
    #expect(decoded.sampled?.counts == sketch.sampled?.counts)
    for count in bytes.indices {
      var beginning = bytes[..<count]
      #expect(throws: SketchError.self, "\(count)") { try LevelSketch(decoding: &beginning) }
    }
  }

  @Test("A sample that contradicts the counts is refused")
  func forged() throws {
    let sketch = Self.sketch(Self.levels(30_000, seed: 6))
    let bytes = Self.bytes(sketch)
    var generator = SplitMix64(seed: 7)
    var refused = 0
    for _ in 0..<2_000 {
      var forged = bytes
      forged[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
        in: .min ... .max, using: &generator)
      var rest = forged[...]
      // Whatever is read can be written, merged and counted.
      if var read = try? LevelSketch(decoding: &rest) {
        read.merge(sketch)
        #expect(read.count >= sketch.count)
      } else {
        refused += 1
      }
    }
    #expect(refused > 1_000)
    // A level that is not chosen: the shift says that one of all levels is in a sample of one in 16.
    let sample = try #require(sketch.sampled)
    let place = bytes.indices.last { index in
      guard bytes[index] == UInt8(sample.shift) else { return false }
      return Self.problem(Array(bytes[..<index]) + [63] + bytes[(index + 1)...])
        .contains("contradicts the counts")
    }
    #expect(place != nil)
  }

  /// What is said of some bytes.
  private static func problem(_ bytes: [UInt8]) -> String {
    var rest = bytes[...]
    do throws(SketchError) {
      _ = try LevelSketch(decoding: &rest)
      return ""
    } catch {
      return error.message
    }
  }

  @Test("Sketches without a sample are read, and say that there is none") func older() throws {
    var bytes = Self.bytes(Self.sketch(Self.levels(30_000, seed: 8)))
    let table = try #require(Self.end(ofTable: bytes))
    bytes[0] = 2
    var rest = bytes[..<table]
    let sketch = try LevelSketch(decoding: &rest)
    #expect(!sketch.isExact && sketch.sampled == nil && rest.isEmpty)
    #expect(Self.bytes(sketch) == Array(bytes[..<table]))
    // What is not known of a part is not known of the whole.
    var whole = Self.sketch(Self.levels(30_000, seed: 9))
    whole.merge(sketch)
    #expect(whole.sampled == nil)
  }

  /// Where the sample begins: the levels before it are a sketch of kind 2.
  private static func end(ofTable bytes: [UInt8]) -> Int? {
    var rest = ([2] + bytes.dropFirst())[...]
    let before = rest.count
    guard (try? LevelSketch(decoding: &rest)) != nil else { return nil }
    return before - rest.count
  }
}
