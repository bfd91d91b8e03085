public import DriftColumns
internal import DriftSummaries

/// One side of a feature in numbers.
public struct SideSummary: Sendable, Hashable, Codable {
  /// All rows.
  public let rows: Int
  /// Rows without a value.
  public let missing: Int
  /// Rows of a numeric feature that hold something that is not a number, or of a time feature something
  /// that is not a point in time: invalid cells.
  public let unparseable: Int
  /// Rows that hold an infinity.
  public let infinite: Int
  /// Mean of the finite values; nil for none and for categorical features.
  public let mean: Double?
  /// Standard deviation (n - 1) of the finite values; nil for fewer than two.
  public let standardDeviation: Double?
  /// Smallest finite value; of a time feature the earliest, in seconds since 1970.
  public let minimum: Double?
  /// Largest finite value; of a time feature the latest.
  public let maximum: Double?
  /// What was noticed in the cells.
  package let details: ColumnDetails

  /// The most frequent texts of the invalid cells.
  public var invalidExamples: [CellText] { Array(details.invalid.prefix(Self.mostExamples)) }

  private static let mostExamples = 10

  /// Rows that have a value.
  public var present: Int { rows - missing - unparseable }

  /// The share of the rows that are invalid; 0 without rows.
  var invalidShare: Double { rows > 0 ? Double(unparseable) / Double(rows) : 0 }

  init(_ tally: NumberTally, unparseable: Int, details: ColumnDetails) {
    self.details = details
    rows = tally.rows
    missing = tally.nans - unparseable
    self.unparseable = unparseable
    infinite = tally.infinities
    mean = tally.moments.mean
    standardDeviation = tally.moments.standardDeviation
    minimum = tally.moments.minimum
    maximum = tally.moments.maximum
  }

  init(_ counts: LevelCounts, details: ColumnDetails) {
    self.details = details
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
