/// A table: columns of equal length with different names.
public struct Dataset: Sendable, Hashable {
  /// The columns, in order.
  public let columns: [Column]
  /// How many rows every column has.
  public let rowCount: Int

  /// Names of further columns, whose cells were not loaded.
  public let unloaded: [String]

  private let positions: [Level: Int]

  /// A table from its columns.
  ///
  /// - Parameters:
  ///   - columns: The columns.
  ///   - unloaded: Names of further columns, so that what is said of the table is complete.
  /// - Throws: `DriftError.invalidData` when two columns have the same name or differ in length, or
  ///   a column counts more unparseable cells than it has cells without a number.
  public init(_ columns: [Column], unloaded: [String] = []) throws(DriftError) {
    rowCount = columns.first?.rowCount ?? 0
    self.columns = columns
    self.unloaded = unloaded
    var positions: [Level: Int] = [:]
    for (index, column) in columns.enumerated() {
      guard column.rowCount == rowCount else {
        throw DriftError(
          .invalidData,
          "column '\(column.name)' has \(column.rowCount) rows, '\(columns[0].name)' has "
            + "\(rowCount)")
      }
      if let (numbers, unparseable) = column.storage.numbers, unparseable != 0 {
        let absent = numbers.chunks.reduce(0) { $0 + $1.count { $0.isNaN } }
        guard unparseable >= 0, unparseable <= absent else {
          throw DriftError(
            .invalidData,
            "column '\(column.name)' counts \(unparseable) unparseable cells among \(absent) "
              + "without a number")
        }
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

  /// The names of all columns, loaded or not.
  package var names: [String] { columns.map(\.name) + unloaded }
}
