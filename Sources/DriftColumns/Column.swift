/// What the values of a column are.
public enum ColumnKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// Numbers.
  case numeric
  /// Levels.
  case categorical
  /// Points in time: never compared by level, as clocks move on.
  case time
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
    /// Seconds since 1970, as numbers.
    case time([Double], unparseable: Int)
  }

  /// The cells as they are kept: numbers need not lie in one array.
  package enum Storage: Sendable, Hashable {
    /// Numbers by row, as in `Cells`.
    case numeric(NumberChunks, unparseable: Int)
    /// Counts of levels.
    case categorical(LevelCounts)
    /// Seconds since 1970, as numbers.
    case time(NumberChunks, unparseable: Int)
  }

  /// The name, compared as bytes.
  public let name: String
  package let storage: Storage
  /// What was noticed where the cells were read.
  package var details = ColumnDetails()

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
    storage =
      switch cells {
      case .numeric(let values, let unparseable):
        .numeric(NumberChunks(values), unparseable: unparseable)
      case .categorical(let counts): .categorical(counts)
      case .time(let values, let unparseable):
        .time(NumberChunks(values), unparseable: unparseable)
      }
  }

  /// A column of numbers in chunks, which are not copied; `unparseable` as in `Cells`.
  package init(name: String, chunks: [[Double]], unparseable: Int) {
    self.name = name
    storage = .numeric(NumberChunks(chunks), unparseable: unparseable)
  }

  /// The same of seconds since 1970.
  package init(name: String, times chunks: [[Double]], unparseable: Int) {
    self.name = name
    storage = .time(NumberChunks(chunks), unparseable: unparseable)
  }

  /// The cells.
  /// - Complexity: O(1); O(rows) when numbers were read in chunks, which are joined.
  public var cells: Cells {
    switch storage {
    case .numeric(let numbers, let unparseable):
      .numeric(numbers.joined, unparseable: unparseable)
    case .categorical(let counts): .categorical(counts)
    case .time(let numbers, let unparseable): .time(numbers.joined, unparseable: unparseable)
    }
  }

  /// What the cells are.
  public var kind: ColumnKind {
    switch storage {
    case .numeric: .numeric
    case .categorical: .categorical
    case .time: .time
    }
  }

  /// How many rows there are.
  public var rowCount: Int {
    switch storage {
    case .numeric(let numbers, _), .time(let numbers, _): numbers.count
    case .categorical(let counts): counts.rows
    }
  }
}

extension Column.Storage {
  /// The numbers, or the points in time as such; nil for levels.
  package var numbers: (values: NumberChunks, unparseable: Int)? {
    switch self {
    case .numeric(let values, let unparseable), .time(let values, let unparseable):
      (values, unparseable)
    case .categorical: nil
    }
  }
}
