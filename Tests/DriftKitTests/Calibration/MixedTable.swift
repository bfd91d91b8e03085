import DriftKit

/// A table of 20 features of mixed families: what the rate of false alarms of a whole check is
/// measured on.
struct MixedTable: Sendable {
  static let numeric: [NumericFamily] = [
    .normal, .normal, .normal, .t3, .t2, .lognormal, .poisson, .rareCounts, .zeroInflated,
    .zeroInflated, .fivePoints, .withMissing,
  ]
  static let categorical: [LevelFamily] = [
    .few, .rare, .even30, .even100, .zipf, .steepZipf, .nearIdentifier, .identifier,
  ]

  private var samplers = Self.categorical.map { LevelSampler($0) }

  /// Rows of the table; the first two columns are correlated.
  mutating func sample(_ count: Int, _ source: inout RandomSource) throws -> Dataset {
    var columns: [Column] = []
    var first: [Double] = []
    for (index, family) in Self.numeric.enumerated() {
      var values = family.sample(count, &source)
      if index == 0 { first = values }
      if index == 1 { values = zip(first, values).map { 0.8 * $0 + 0.6 * $1 } }
      columns.append(Column("\(index) \(family)", values))
    }
    for index in samplers.indices {
      let counts = try samplers[index].sample(count, &source)
      columns.append(
        Column(name: "\(index) \(Self.categorical[index])", cells: .categorical(counts)))
    }
    return try Dataset(columns)
  }
}
