internal import CDriftKernels

/// Sums of products of up to 64 pairs of columns over the rows of the first sample, for many
/// permutations.
///
/// `@unchecked Sendable`: a worker has its own, nobody else sees it until the worker has ended.
final class UnitTileSums: @unchecked Sendable {
  private let permutations: Int
  private let groups: Int
  private let loops: KernelLoops
  /// By group of 64 permutations: a row a pair, a column a permutation.
  private let sums: UnsafeMutablePointer<Double>
  /// The sums over the units of a segment, by block of 64 units: a row a pair, a column a unit.
  private let units: UnsafeMutablePointer<Double>
  private let members: UnsafeMutablePointer<Double>
  private let row: UnsafeMutablePointer<Double>

  private static let size = RowBlocks.blockSize
  private static let area = RowBlocks.blockArea
  /// The blocks of units that are taken at a time.
  private static let segment = 32

  init(permutations: Int, loops: KernelLoops) {
    self.permutations = permutations
    self.loops = loops
    groups = (permutations + Self.size - 1) / Self.size
    sums = .zeros(groups * Self.area)
    units = .zeros(Self.segment * Self.area)
    members = .zeros(Self.area)
    row = .zeros(groups * Self.size)
  }

  deinit {
    sums.deallocate()
    units.deallocate()
    members.deallocate()
    row.deallocate()
  }

  /// Computes the sums of some pairs of columns, 64 at most.
  ///
  /// - Parameters:
  ///   - columns: The pairs.
  ///   - starts: Where the rows of each unit begin, and where the last one ends.
  ///   - memberships: Who belongs to the first sample.
  /// - Returns: The sum of each pair over all rows.
  func compute(
    columns: [([Double], [Double])], starts: [Int32], memberships: Memberships
  ) -> [Double] {
    var totals = [Double](repeating: 0, count: columns.count)
    let count = starts.count - 1
    let blocks = (count + Self.size - 1) / Self.size
    for first in stride(from: 0, to: blocks, by: Self.segment) {
      let some = first..<min(first + Self.segment, blocks)
      for (place, pair) in columns.enumerated() {
        for block in some {
          let range = (block * Self.size)..<min((block + 1) * Self.size, count)
          let target = units + (block - first) * Self.area + place * Self.size
          starts.withUnsafeBufferPointer { starts in
            guard let starts = starts.baseAddress else { return }
            totals[place] += loops.c.unit_products(
              pair.0, pair.1, starts + range.lowerBound, Int32(range.count), target)
          }
        }
      }
      multiply(some, rows: columns.count, unitCount: count, memberships)
    }
    return totals
  }

  private func multiply(
    _ blocks: Range<Int>, rows: Int, unitCount: Int, _ memberships: Memberships
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.size) { words in
      guard let words = words.baseAddress else { return }
      for group in 0..<groups {
        for block in blocks {
          let range = (block * Self.size)..<min((block + 1) * Self.size, unitCount)
          memberships.words(of: range, group: group, into: words)
          Double.expandMembers(words, count: range.count, into: members, loops)
          Double.multiply(
            units + (block - blocks.lowerBound) * Self.area, strideA: Self.size, members,
            strideB: Self.size, m: rows,
            n: min(Self.size, permutations - group * Self.size), k: range.count,
            adding: block > 0, into: sums + group * Self.area)
        }
      }
    }
  }

  /// Calls `body` with the sums of a pair, one a permutation.
  func withSums(_ place: Int, _ body: (UnsafePointer<Double>) -> Void) {
    for group in 0..<groups {
      (row + group * Self.size).update(
        from: sums + group * Self.area + place * Self.size, count: Self.size)
    }
    body(row)
  }
}
