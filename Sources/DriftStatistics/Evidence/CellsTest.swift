public import DriftColumns

/// Whether the shares of missing and of invalid cells of a column changed.
///
/// The rows of both samples by what their cell holds, a value, nothing, or something of another kind, are
/// a table of categories: ``PearsonTest``, with an exact test where there are two of them. The effect is
/// the change of a share.
public struct CellsTest: Sendable, Hashable, Codable {
  /// The cells of one sample.
  public struct Cells: Sendable, Hashable, Codable {
    /// Cells with a value.
    public let valid: Int
    /// Cells that are empty or hold a word for nothing.
    public let missing: Int
    /// Cells that hold something of another kind than their column.
    public let invalid: Int

    /// So many of each.
    public init(valid: Int, missing: Int, invalid: Int = 0) {
      self.valid = valid
      self.missing = missing
      self.invalid = invalid
    }

    /// All of them.
    public var count: Int { valid + missing + invalid }

    fileprivate func share(_ cells: Int) -> Double { Double(cells) / Double(max(1, count)) }
  }

  /// The change of the share of missing cells, current less baseline.
  public let missingChange: Double
  /// The change of the share of invalid cells, current less baseline.
  public let invalidChange: Double
  /// The probability of such a difference without one; nil where all cells are of one kind.
  public let pValue: Double?

  /// - Parameters:
  ///   - baseline: The baseline's cells.
  ///   - current: The current cells.
  /// - Throws: `StatisticsError.insufficientData` where a side has no cells, or both have fewer than four.
  /// - Complexity: O(the standard deviation of a count) steps.
  public init(baseline: Cells, current: Cells) throws(StatisticsError) {
    let test = try PearsonTest([
      (baseline.valid, current.valid), (baseline.missing, current.missing),
      (baseline.invalid, current.invalid),
    ])
    missingChange = current.share(current.missing) - baseline.share(baseline.missing)
    invalidChange = current.share(current.invalid) - baseline.share(baseline.invalid)
    pValue = test.pValue
  }

  /// The larger of both changes, without its sign.
  public var change: Double { max(abs(missingChange), abs(invalidChange)) }
}
