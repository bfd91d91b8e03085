internal import CDriftKernels
internal import Glibc
internal import Parallel

/// The correlations of all pairs of columns under all permutations.
///
/// Sums over the rows of the first sample are those over its units, which tables of the sums of subsets
/// give for 64 pairs at a time. Tiles do not depend on threads, so the result has the same bytes for any
/// number of them.
struct DependenceWork {
  /// A pair of columns, by their places among those that are looked at.
  struct Pair: Sendable {
    let first: Int
    let second: Int
    /// |atanh r - atanh s|.
    let statistic: Double
    let correlations: (Double, Double)
  }

  private let scores: DependenceScores
  private let test: KernelTest
  /// Where the rows of each unit begin, and where the last one ends.
  private let starts: [Int32]
  private let pairs: [(Int32, Int32)]

  /// Pairs and permutations of a tile.
  private static let size = RowBlocks.blockSize
  /// The permutations that are taken at a time.
  private static let mostPermutations = 1_024

  init(scores: DependenceScores, test: KernelTest) {
    self.scores = scores
    self.test = test
    starts = test.plan.units.sizes.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1)) }
    let count = Int32(scores.columns.count)
    pairs = (0..<count).flatMap { j in ((j + 1)..<max(count, j + 1)).map { (j, $0) } }
  }

  /// The statistic of every permutation, the observed one first, and the observed pairs.
  /// - Throws: What `progress` throws.
  func changes(progress: (Double) throws -> Void) throws -> ([Double], [Pair]) {
    var largest: [Double] = []
    var observed: [Pair] = []
    let count = test.permutations.count
    for first in stride(from: 0, to: count, by: Self.mostPermutations) {
      let batch = first..<min(first + Self.mostPermutations, count)
      let memberships = try test.memberships(of: batch) {}
      let moments = try DependenceMoments(
        scores: scores, starts: starts, units: test.plan.units, memberships: memberships,
        threads: test.options.threads)
      let (more, some) = try changes(moments, memberships, isFirst: first == 0) {
        try progress((Double(first) + $0 * Double(batch.count)) / Double(count))
      }
      largest += more.map { 0.5 * log($0) }
      observed += some
    }
    return (largest, observed)
  }

  private func changes(
    _ moments: DependenceMoments, _ memberships: Memberships, isFirst: Bool,
    progress: (Double) throws -> Void
  ) throws -> ([Double], [Pair]) {
    let (scores, starts, pairs, size) = (scores, starts, pairs, Self.size)
    let loops = KernelLoops(test.options.instructionSet)
    let tiles = (pairs.count + size - 1) / size
    let permutations = memberships.count
    struct State: Sendable {
      var largest: [Double]
      var observed: [(Int, [Pair])] = []
      var sums: UnitTileSums
    }
    let states = try Workers.run(
      count: tiles, threads: test.options.threads,
      makeState: {
        State(
          largest: Array(repeating: 1, count: permutations),
          sums: UnitTileSums(permutations: permutations, loops: loops))
      },
      progress: { try progress(Double($0) / Double(tiles)) },
      body: { state, tile in
        let some = pairs[(tile * size)..<min((tile + 1) * size, pairs.count)]
        let totals = state.sums.compute(
          columns: some.map { (scores.values[Int($0.0)], scores.values[Int($0.1)]) },
          starts: starts, memberships: memberships)
        var found: [Pair] = []
        for (place, pair) in some.enumerated() {
          let (j, k) = (Int(pair.0), Int(pair.1))
          state.sums.withSums(place) { sums in
            moments.addChange(sums, totals[place], j, k, loops, to: &state.largest)
            if isFirst { found.append(moments.observed(sums[0], totals[place], j, k)) }
          }
        }
        if isFirst { state.observed.append((tile, found)) }
      })
    let largest = (0..<permutations).map { p in states.reduce(1) { max($0, $1.largest[p]) } }
    let observed = states.flatMap(\.observed).sorted { $0.0 < $1.0 }.flatMap(\.1)
    return (largest, observed)
  }
}
