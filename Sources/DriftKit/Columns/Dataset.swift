/// A table: columns of equal length with different names.
public struct Dataset: Sendable, Hashable {
  /// The columns, in order.
  public let columns: [Column]
  /// How many rows every column has.
  public let rowCount: Int

  private let positions: [Level: Int]

  /// A table from its columns.
  ///
  /// - Throws: `DriftError.invalidData` when two columns have the same name or differ in length.
  public init(_ columns: [Column]) throws(DriftError) {
    rowCount = columns.first?.rowCount ?? 0
    self.columns = columns
    var positions: [Level: Int] = [:]
    for (index, column) in columns.enumerated() {
      guard column.rowCount == rowCount else {
        throw DriftError(
          .invalidData,
          "column '\(column.name)' has \(column.rowCount) rows, '\(columns[0].name)' has "
            + "\(rowCount)")
      }
      guard positions.updateValue(index, forKey: Level(column.name)) == nil else {
        throw DriftError(.invalidData, "two columns are named '\(column.name)'")
      }
    }
    self.positions = positions
  }

  /// The column of a name, by bytes.
  public subscript(name: String) -> Column? {
    positions[Level(name)].map { columns[$0] }
  }
}
