/// Quantiles by linear interpolation between order statistics: type 7 of Hyndman & Fan, "Sample
/// Quantiles in Statistical Packages", 1996.
package enum Quantiles {
  /// A quantile.
  struct Quantile {
    let value: Double
    /// Whether it is a value of the column, and not between two.
    let isValue: Bool
  }

  /// The `parts` + 1 quantiles at 0, 1/parts, ..., 1; none of none. Where they are follows from whole
  /// numbers: in doubles, 0.3 of some rows may be beside a row.
  ///
  /// - Parameters:
  ///   - count: How many values there are.
  ///   - parts: How many parts they are cut into.
  ///   - equality: What is the same: between equal numbers there is nothing.
  ///   - value: The value at a rank from 0.
  /// - Returns: The quantiles, ascending.
  static func exact(
    count: Int, parts: Int, equality: EqualNumbers, value: (Int) -> Double
  ) -> [Quantile] {
    guard count > 0 else { return [] }
    return (0...parts).map { part in
      let (rank, rest) = exactPosition(part, of: parts, count: count)
      let low = value(rank)
      guard rest > 0 else { return Quantile(value: low, isValue: true) }
      let high = value(rank + 1)
      guard !equality.areSame(low, high) else { return Quantile(value: low, isValue: true) }
      let between = interpolate(low, high, Double(rest) / Double(parts))
      return Quantile(value: between, isValue: between == low || between == high)
    }
  }

  /// The ranks that `exact` asks for, and the ends, ascending, each once.
  static func exactRanks(count: Int, parts: Int) -> [Int] {
    guard count > 0 else { return [] }
    var ranks = Set(ends(count: count))
    for part in 0...parts {
      let (rank, rest) = exactPosition(part, of: parts, count: count)
      ranks.insert(rank)
      if rest > 0 { ranks.insert(rank + 1) }
    }
    return ranks.sorted()
  }

  /// The ranks of the hundredths at both ends.
  static func ends(count: Int) -> [Int] {
    count > 0 ? [(count - 1) / 100, count - 1 - (count - 1) / 100] : []
  }

  private static func exactPosition(_ part: Int, of parts: Int, count: Int) -> (
    rank: Int, rest: Int
  ) {
    let (rank, rest) = parts.dividingFullWidth((count - 1).multipliedFullWidth(by: part))
    return (rank, rest)
  }

  private static func interpolate(_ a: Double, _ b: Double, _ share: Double) -> Double {
    guard share > 0 else { return a }
    let difference = b - a
    guard difference.isFinite else { return a * (1 - share) + b * share }
    return share >= 0.5 ? b - difference * (1 - share) : a + difference * share
  }
}

// MARK: As NumPy computes them

extension Quantiles {
  /// The quantiles of sorted values as NumPy computes them, to the last bit, so that edges agree with
  /// those of Python jobs.
  package static func edges(ofSorted values: [Double], parts: Int) -> [Double] {
    edges(count: values.count, parts: parts) { values[$0] }
  }

  /// The same, where `value` gives the value at a rank from 0.
  package static func edges(count: Int, parts: Int, value: (Int) -> Double) -> [Double] {
    guard count > 0 else { return [] }
    return (0...parts).map { part in
      let (rank, share) = position(part, of: parts, count: count)
      guard rank + 1 < count else { return value(count - 1) }
      return interpolate(value(rank), value(rank + 1), share)
    }
  }

  /// The ranks that `edges` asks for, ascending, each once.
  package static func ranks(count: Int, parts: Int) -> [Int] {
    guard count > 0 else { return [] }
    var ranks: [Int] = []
    for part in 0...parts {
      let rank = position(part, of: parts, count: count).rank
      for next in [rank, rank + 1] where next < count && next > ranks.last ?? -1 {
        ranks.append(next)
      }
    }
    return ranks
  }

  /// The rank below a quantile, and how far the quantile is from it to the next one.
  private static func position(_ part: Int, of parts: Int, count: Int)
    -> (rank: Int, share: Double)
  {
    guard part < parts else { return (count - 1, 0) }
    let step = 1 / Double(parts)
    let position = Double(count - 1) * (Double(part) * step)
    let rank = Int(position)
    return (rank, position - Double(rank))
  }
}

extension NumericBinning.Method {
  /// The ranks from 0, ascending, whose values are looked at to choose bins for so many values.
  package func ranks(count: Int) -> [Int] {
    switch self {
    case .quantile(let bins): Quantiles.exactRanks(count: count, parts: max(bins, 1))
    case .uniform: count > 1 ? [0, count - 1] : count > 0 ? [0] : []
    case .edges: []
    }
  }
}
