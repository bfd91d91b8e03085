/// Where a baseline's values are cut into the cells of a rank test.
///
/// Cuts lie half-way between neighbouring values. At the values themselves they would favour a side: the
/// baseline has a row at each cut, other samples have not. Values with a bin of their own, and infinities,
/// have a cell of their own.
package struct RankCuts: Sendable, Hashable {
  /// The cuts, ascending.
  package private(set) var cuts: [Double]
  /// From here on values lie beyond the upper end of the baseline; nil where there is no such place.
  package private(set) var upperEnd: Double?
  /// Values below lie beyond the lower end; nil where there is no such place.
  package private(set) var lowerEnd: Double?

  /// Up to so many values, each may have a cell.
  static let mostValues = 1024
  /// About so many cells are made of more values: sums of polynomials of a low degree hardly tell them
  /// from finer ones.
  private static let parts = 128

  /// No cuts but these.
  package init(_ cuts: [Double] = [], upperEnd: Double? = nil, lowerEnd: Double? = nil) {
    self.cuts = cuts
    self.upperEnd = upperEnd
    self.lowerEnd = lowerEnd
  }

  /// How many of so many rows may lie beyond an end of a sample.
  package static func tailRank(rows: Int) -> Int { max(2, (rows + 99) / 100) }

  /// The ranks, from 0, of the values behind which cuts are looked for, and of the ends; ascending.
  static func ranks(count: Int) -> [Int] {
    Quantiles.merged(places(count: count), ends(count: count).sorted())
  }

  private static func places(count: Int) -> [Int] {
    guard count > mostValues else { return Array(0..<max(0, count - 1)) }
    return (1..<parts).map { (count / parts) * $0 + (count % parts) * $0 / parts - 1 }
  }

  /// The ranks of the values that are the ends.
  static func ends(count: Int) -> [Int] {
    let rank = tailRank(rows: count)
    return count >= rank ? [rank - 1, count - rank] : []
  }
}

extension RankCuts {
  /// The cuts of a column.
  ///
  /// - Parameters:
  ///   - column: The column.
  ///   - atoms: The values that have a bin of their own.
  ///   - cuts: Finds what is beside values.
  init(_ column: FittedColumn, atoms: [NumericBinning.Atom], _ cuts: BinCuts) {
    // 1. Each place is cut half-way to the next value that is another number.
    let places = Self.places(count: column.count)
    let pairs = Quantiles.merged(places, places.map { $0 + 1 })
    let values = column.values(pairs)
    var found: [(last: Double, next: Double)] = []
    var others: [Double] = []
    var pair = 0
    for place in places {
      while pairs[pair] < place { pair += 1 }
      let (last, next) = (values[pair], values[pair + 1])
      if !cuts.equality.areSame(last, next) {
        found.append((last, next))
      } else if others.last != last {
        others.append(last)
      }
    }
    found += cuts.next(behind: others)
    if !atoms.isEmpty {
      found.removeAll { last, next in
        atoms.contains {
          $0.lower <= last && last < $0.upper || $0.lower <= next && next < $0.upper
        }
      }
    }
    // 2. Values with a bin of their own have a cell of their own.
    let all =
      found.map(Self.middle) + atoms.map(\.lower) + atoms.map(\.upper)
      + Self.infinities(column.hasInfinities)
    // 3. The ends.
    let ends = Self.ends(count: column.count)
    let atEnds = column.values(ends.sorted())
    guard ends.count == 2, let low = atEnds.first, let high = atEnds.last else {
      self.init(Self.ascending(all))
      return
    }
    let (lower, upper) = ends[0] <= ends[1] ? (low, high) : (high, low)
    self.init(
      Self.ascending(all), upperEnd: cuts.above([upper])[0],
      lowerEnd: cuts.below([lower])[0] ?? lower)
  }

  /// The cuts of a column of few numbers: each has a cell, and so has what lies between two of them.
  init(_ numbers: [NumericBinning.Atom], counts: [Int], hasInfinities: Bool) {
    let cuts = Self.ascending(
      numbers.map(\.lower) + numbers.map(\.upper) + Self.infinities(hasInfinities))
    let ends = Self.ends(count: counts.reduce(0, +))
    guard ends.count == 2 else {
      self.init(cuts)
      return
    }
    func number(at rank: Int) -> NumericBinning.Atom? {
      var before = 0
      for (number, count) in zip(numbers, counts) {
        before += count
        if rank < before { return number }
      }
      return nil
    }
    self.init(cuts, upperEnd: number(at: ends[1])?.upper, lowerEnd: number(at: ends[0])?.lower)
  }

  private static func infinities(_ areThere: Bool) -> [Double] {
    areThere ? [-.greatestFiniteMagnitude, .infinity] : []
  }

  private static func middle(_ last: Double, _ next: Double) -> Double {
    min(max(last / 2 + next / 2, last.nextUp), next)
  }

  private static func ascending(_ cuts: [Double]) -> [Double] {
    NumericBinning.distinct(cuts.map { $0 + 0 }.sorted())
  }
}
