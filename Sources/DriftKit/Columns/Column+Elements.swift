public import DriftColumns

extension Column {
  /// A column of numbers or categories: the type of the values decides.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - values: The values by row, such as `[Float]`, `[Int?]`, `[Bool]` or `[Substring]`; nil, and NaN
  ///     among numbers, is a missing one.
  @inlinable public init(_ name: String, _ values: some Sequence<some ColumnElement>) {
    self.init(name, of: values) { $0 }
  }

  /// A column from rows: the type of its values decides whether it has numbers or categories.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - rows: The rows.
  ///   - value: The cell of a row, such as `\.tempo`.
  @inlinable public init<Row, Value: ColumnElement>(
    _ name: String, of rows: some Sequence<Row>, _ value: (Row) -> Value
  ) {
    self = withoutActuallyEscaping(value) { value in
      Column(name: name, cells: Value.cells(of: rows.lazy.map { Optional(value($0)) }))
    }
  }
}

extension Dataset {
  /// A column of a table to be: its name, and where its cells are in a row.
  public struct RowColumn<Row>: Sendable {
    /// The column of some rows.
    let make: @Sendable ([Row]) -> Column

    /// A column whose cells are found by a key path or a closure.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - value: The cell of a row, such as `\.tempo`; its type decides the kind of the column.
    /// - Returns: The column.
    public static func column(
      _ name: String, _ value: @escaping @Sendable (Row) -> some ColumnElement
    ) -> RowColumn {
      RowColumn { Column(name, of: $0, value) }
    }
  }

  /// A table from rows of any type.
  ///
  /// ```swift
  /// struct Ride { var tempo: Double, plan: String? }
  ///
  /// let rides = [Ride(tempo: 120, plan: "free"), Ride(tempo: 96, plan: nil)]
  /// let table = try Dataset(rides, [.column("tempo", \.tempo), .column("plan", \.plan)])
  /// print(table.rowCount)
  /// ```
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - columns: What the columns are called, and where their cells are.
  /// - Throws: `DriftError.invalidData` when two columns have the same name.
  public init<Row>(_ rows: some Sequence<Row>, _ columns: [RowColumn<Row>]) throws(DriftError) {
    let rows = Array(rows)
    try self.init(columns.map { $0.make(rows) })
  }
}
