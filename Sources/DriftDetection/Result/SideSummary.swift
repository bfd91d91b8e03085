internal import DriftColumns
internal import DriftSummaries

/// One side of a feature in numbers.
public struct SideSummary: Sendable, Hashable, Codable {
  /// All rows.
  public let rows: Int
  /// Rows without a value.
  public let missing: Int
  /// Rows of a numeric feature that hold something that is not a number.
  public let unparseable: Int
  /// Rows that hold an infinity.
  public let infinite: Int
  /// Mean of the finite values; nil for none and for categorical features.
  public let mean: Double?
  /// Standard deviation (n - 1) of the finite values; nil for fewer than two.
  public let standardDeviation: Double?
  /// Smallest finite value.
  public let minimum: Double?
  /// Largest finite value.
  public let maximum: Double?

  /// Rows that have a value.
  public var present: Int { rows - missing - unparseable }

  init(_ tally: NumberTally, unparseable: Int) {
    rows = tally.rows
    missing = tally.nans - unparseable
    self.unparseable = unparseable
    infinite = tally.infinities
    mean = tally.moments.mean
    standardDeviation = tally.moments.standardDeviation
    minimum = tally.moments.minimum
    maximum = tally.moments.maximum
  }

  init(_ counts: LevelCounts) {
    rows = counts.rows
    missing = counts.missing
    unparseable = 0
    infinite = 0
    mean = nil
    standardDeviation = nil
    minimum = nil
    maximum = nil
  }
}
