import CTextKernels
import Tabular
import Testing

/// Levels that are made to collide cost no more than others, and no key of a hash changes a result.
@Suite struct HashFloodingTests {
  private static func hash(
    _ text: [UInt8], _ key: (UInt64, UInt64), rounds: (Int32, Int32)
  ) -> UInt64 {
    // A copy of its own size, so that a read beyond its end is noticed where that is looked for.
    drift_siphash(key.0, key.1, text, text.count, rounds.0, rounds.1)
  }

  /// The vector of the paper: SipHash-2-4, key 00 01 ... 0f, text 00 01 ... 0e.
  @Test func vectorOfThePaper() {
    let key: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
    #expect(
      Self.hash((0..<15).map { UInt8($0) }, key, rounds: (2, 4)) == 0xA129_CA61_49BE_45E5)
    #expect(Self.hash([], key, rounds: (1, 3)) == 0xABAC_0158_050F_C4DC)
  }

  /// CPython 3.11 hashes bytes by SipHash-1-3. `PYTHONHASHSEED=42 python3 -c 'for n in range(1, 33):
  /// print(hash(bytes((7 * i + n) & 255 for i in range(n))) & (1 << 64) - 1)'`.
  @Test func vectorsOfPython() {
    let expected: [UInt64] = [
      0x8940_4B34_2D44_CD29, 0x7151_5A4C_4E07_9B03, 0x7A7B_DB39_D1DD_B8C7,
      0x74DB_2DDF_0687_C26A, 0x404A_7376_45CD_F8FD, 0x6FD8_CA4B_C4CF_6DA8,
      0x0336_F804_E351_866A, 0x3DE4_4BC6_5842_791B, 0x10C6_1381_6132_4054,
      0x2BA5_B4CB_2B0B_1C2F, 0x359A_53B9_71F6_F7F2, 0x6DD0_92D5_A04A_6E9E,
      0x01E5_29FB_6EBA_D23D, 0x070F_2C50_C85B_5257, 0x5D81_D63C_3C6A_2E8F,
      0xF0BD_3A3A_6514_CE02, 0x57B8_DA90_8CC1_7FC1, 0xB4A3_2D3B_655B_A630,
      0x4BC5_D6D5_0E1B_8ED6, 0x24F7_1F9C_2413_6000, 0xFEBA_BFD0_5CFA_6C72,
      0xE1EC_5EFD_C7FF_A0D5, 0xB4C2_00D4_0D0D_057D, 0xAE5F_6FBB_4896_EDFA,
      0x99E2_537A_926B_A238, 0x5BF6_BB14_FFE3_6A4E, 0xAE8B_0E40_4C3F_F72A,
      0xC391_44F7_50D9_B489, 0x81A8_BAEB_2A0E_8DA9, 0x7C51_AC10_C530_1D7E,
      0x9B95_8B58_6FE4_B5E5, 0xD082_04D5_F3F5_B5F7,
    ]
    for (index, hash) in expected.enumerated() {
      let text = (0...index).map { UInt8(truncatingIfNeeded: 7 * $0 + index + 1) }
      #expect(
        Self.hash(text, (0xDC50_4FD3_68CD_90AF, 0xB920_BB9F_FE99_E9C1), rounds: (1, 3)) == hash,
        "\(index + 1) bytes")
    }
  }

  /// Levels of 16 bytes that begin with the constant of the fast hash: all of them collide under it,
  /// whatever its seed.
  static func colliding(_ count: Int) -> [ByteString] {
    (0..<count).map { number in
      ByteString(
        [0x15, 0x7C, 0x4A, 0x7F, 0xB9, 0x79, 0x37, 0x9E] + Array("\(10_000_000 + number)".utf8))
    }
  }

  /// Each of 40,000 was looked for in up to 40,000 slots.
  @Test(arguments: [0, 1, UInt64.max, 0x1234_5678_9ABC_DEF0])
  func collidingLevelsAreFoundAtOnce(_ seed: UInt64) {
    var tally = LevelTally(key: (seed, ~seed))
    for level in Self.colliding(40_000) { tally.add(level) }
    #expect(tally.isStrong)
    #expect(tally.mostProbes < 400)
    #expect(tally.distinctCount == 40_000 && tally.total == 40_000)
  }

  /// Ordinary levels are counted by the fast hash.
  @Test func ordinaryLevels() {
    var strong = 0
    for seed in 0..<50 as Range<UInt64> {
      var tally = LevelTally(key: (seed &* 0x9E37_79B9_7F4A_7C15, seed))
      for number in 0..<1000 { tally.add(ByteString("city \(number)")) }
      strong += tally.isStrong ? 1 : 0
    }
    #expect(strong < 5)
  }

  /// Whatever the key and the hash, the same levels come in the same order, as often.
  @Test func noKeyChangesAResult() {
    var rng = SeededGenerator(seed: 7)
    let levels =
      Self.colliding(500)
      + (0..<2_000).map { ByteString(String(repeating: "x", count: $0 % 40) + "\($0)") }
    let cells = (0..<20_000).map { _ in levels.randomElement(using: &rng) ?? "" }
    var results: Set<[String]> = []
    for (key, isStrong) in [((0, 0), false), ((0, 0), true), ((5, 9), false), ((5, 9), true)]
      as [((UInt64, UInt64), Bool)]
    {
      var tally = LevelTally(key: key, isStrong: isStrong)
      for cell in cells { tally.add(cell) }
      var inOrder: [String] = []
      tally.forEachLevel { inOrder.append("\(Array($0)) \($1)") }
      results.insert(inOrder + tally.summary)
    }
    #expect(results.count == 1)
  }

  /// The kernel counts what it finds after a table has gone over to the other hash.
  @Test func countedByTheKernel() throws {
    let levels = Self.colliding(300)
    let cells = (0..<3).flatMap { _ in levels }
    let text = Array("a,b\n".utf8) + cells.flatMap { $0.bytes + Array(",1\n".utf8) }
    for chunk in [100, 1 << 20] {
      let table = try TableReader(options: options(chunk: chunk)).read(
        [.bytes(text, name: "x")], plan: all(.automatic), threads: 2)
      let counted = try #require(table.levels("a"))
      #expect(counted.distinctCount == 300)
      #expect(levels.allSatisfy { counted.count(of: $0) == 3 })
    }
  }
}
