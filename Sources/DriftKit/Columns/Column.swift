/// What the values of a column are.
public enum ColumnKind: String, Sendable, Hashable, CaseIterable {
  /// Numbers.
  case numeric
  /// Levels.
  case categorical
}

/// One named column of a table: what drift is looked for in.
public struct Column: Sendable, Hashable {
  /// The cells of a column.
  public enum Cells: Sendable, Hashable {
    /// Numbers by row; NaN where a row has none. `unparseable` of the rows that have none held
    /// something that is not a number, the others were empty.
    case numeric([Double], unparseable: Int)
    /// Counts of levels.
    case categorical(LevelCounts)
  }

  /// The name, compared as bytes.
  public let name: String
  /// The cells.
  public let cells: Cells

  /// A column of numbers; NaN is a missing one.
  public init(_ name: String, _ values: [Double]) {
    self.init(name: name, cells: .numeric(values, unparseable: 0))
  }

  /// A column of levels; nil is a missing one.
  public init(_ name: String, _ levels: [String?]) {
    self.init(name: name, cells: .categorical(LevelCounts(levels)))
  }

  /// A column from its cells.
  public init(name: String, cells: Cells) {
    self.name = name
    self.cells = cells
  }

  /// Whether the cells are numbers or levels.
  public var kind: ColumnKind {
    switch cells {
    case .numeric: .numeric
    case .categorical: .categorical
    }
  }

  /// How many rows there are.
  public var rowCount: Int {
    switch cells {
    case .numeric(let values, _): values.count
    case .categorical(let counts): counts.rows
    }
  }
}
