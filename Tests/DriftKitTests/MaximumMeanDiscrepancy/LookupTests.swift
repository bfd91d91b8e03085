import CDriftKernels
import DriftTestSupport
import Testing

/// Sums over subsets of rows and columns, by table look-up, against adding up.
@Suite struct LookupTests {
  /// Memory at the start of a cache line, as the loops ask for it.
  private static func withLines<Number: Numeric>(
    _ count: Int, of: Number.Type, _ body: (UnsafeMutablePointer<Number>) -> Void
  ) {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Number>.stride, alignment: 64)
    defer { memory.deallocate() }
    let numbers = memory.bindMemory(to: Number.self, capacity: count)
    numbers.initialize(repeating: 0, count: count)
    body(numbers)
  }

  /// The largest values that a kernel has, and random ones.
  private static func values(_ seed: UInt64) -> [Int32] {
    var source = SplitMix64(seed: seed)
    let (low, high) = (Int32(-98_304), Int32(163_840))
    return (0..<4096).map { _ in
      switch seed {
      case 0: high
      case 1: low
      default: low + Int32(source.next() % UInt64(high - low + 1))
      }
    }
  }

  @Test(arguments: Kernels.all, [1, 2, 63, 64, 65, 130])
  func agreesWithAddingUp(_ kernels: Kernels, permutations: Int) {
    let loops = kernels.loops
    for seed in UInt64(0)..<6 {
      let values = Self.values(seed)
      var source = SplitMix64(seed: seed &+ 77)
      let words = (0..<(2 * permutations)).map { seed < 2 ? ~($0 == 1 ? 1 : 0) : source.next() }
      let (rows, columns) = (Array(words[..<permutations]), Array(words[permutations...]))
      var totals = [Int64](repeating: 0, count: permutations)
      Self.withLines(Int(DRIFT_LOOKUP_TABLE_BYTES) / 4, of: Int32.self) { table in
        Self.withLines(permutations * Int(DRIFT_LOOKUP_LANES), of: Int32.self) { lanes in
          // As often as lanes can take it.
          for _ in 0..<Int(DRIFT_LOOKUP_BLOCKS) {
            loops.lookup_add(values, rows, columns, Int64(permutations), table, lanes)
          }
          loops.lookup_totals(lanes, Int64(permutations), 3, &totals)
          // Lanes are empty now.
          loops.lookup_totals(lanes, Int64(permutations), 1, &totals)
        }
      }
      for p in 0..<permutations {
        var sum = 0
        for i in 0..<64 where rows[p] >> UInt64(i) & 1 == 1 {
          for j in 0..<64 where columns[p] >> UInt64(j) & 1 == 1 { sum += Int(values[i * 64 + j]) }
        }
        #expect(Int(totals[p]) == 3 * Int(DRIFT_LOOKUP_BLOCKS) * sum)
      }
    }
  }

  @Test(arguments: [0, 1, 5, 63, 64]) func turningBits(count: Int) {
    var source = SplitMix64(seed: UInt64(count))
    let bits = (0..<64).map { _ in source.next() }
    var turned = [UInt64](repeating: 7, count: 64)
    drift_turn_bits(bits, Int32(count), &turned)
    for i in 0..<64 {
      for p in 0..<64 {
        let expected = i < count ? bits[i] >> UInt64(p) & 1 : 0
        #expect(turned[p] >> UInt64(i) & 1 == expected)
      }
    }
  }

  /// Sums over units: every row of a unit of its own, all in one, and units across the block's end.
  @Test(arguments: Kernels.all, [1, 3, 40, 200])
  func unitSums(_ kernels: Kernels, size: Int) {
    let loops = kernels.loops
    let values = Self.values(9)
    let units = (0..<128).map { Int32($0 / size) + 5 }
    let count = Int(units[127] - 5 + 1)
    for (rows, columns, mirrored) in [(64, 64, true), (64, 37, true), (1, 64, false)] {
      var sums = [Int64](repeating: 0, count: count * count)
      let (rowUnits, columnUnits) = (Array(units[..<64]), Array(units[64...]))
      loops.unit_sums_i32(
        values, Int32(rows), Int32(columns), rowUnits, columnUnits, 5, Int64(count),
        mirrored ? 1 : 0, &sums)
      var expected = [Int64](repeating: 0, count: count * count)
      for i in 0..<rows {
        for j in 0..<columns {
          let (u, v) = (Int(rowUnits[i] - 5), Int(columnUnits[j] - 5))
          expected[u * count + v] += Int64(values[i * 64 + j]) * (mirrored && u == v ? 2 : 1)
        }
      }
      #expect(sums == expected)
    }
  }

  /// Sums of some rows of a block over the units of many permutations, added to what is there.
  @Test(arguments: Kernels.all, [1, 15, 37, 64])
  func memberRows(_ kernels: Kernels, rows: Int) {
    var source = SplitMix64(seed: UInt64(rows))
    let members = (0..<5).map { _ in source.next() } + [0, .max]
    // Whole numbers: their sums are exact.
    let values = (0..<(64 * 64)).map { _ in Double(Int32(truncatingIfNeeded: source.next())) }
    var sums = [Double](repeating: 3, count: members.count * 64)
    var scratch = [Double](repeating: 0, count: Int(DRIFT_MEMBER_ROWS_SCRATCH))
    kernels.loops.member_rows(
      values, Int32(rows), members, Int64(members.count), &scratch, &sums)
    for (p, bits) in members.enumerated() {
      for row in 0..<rows {
        let expected = (0..<64).reduce(3.0) {
          $0 + (bits >> UInt64($1) & 1 == 1 ? values[row * 64 + $1] : 0)
        }
        #expect(sums[p * 64 + row] == expected)
      }
    }
  }
}
