/// Which columns are read, and as what.
struct ColumnPlan: Sendable {
  /// A column of the table.
  struct Column: Sendable {
    /// Its place in a record.
    let index: Int
    /// What it is read as; `automatic` only until that is decided.
    fileprivate(set) var request: ColumnRequest
    /// Whether that was guessed by the first rows: what all of them say is found out.
    fileprivate(set) var isGuess = false
    /// Whether it is read again as text when that is what it turns out to be.
    fileprivate(set) var mayBecomeText = false

    /// What is known of it when it is read as text.
    var isText: Bool { request == .text }
    var isTime: Bool { request == .time }
  }

  /// All names in the header.
  let names: [String]
  /// The columns that are not skipped.
  private(set) var columns: [Column]
  let missingValues: MissingValues
  /// The missing values that are numbers, ascending: a cell with such a number needs a look at its
  /// text.
  let sentinels: [Double]

  init(
    names: [String], requests: [ColumnRequest], missingValues: Set<ByteString>,
    numbers: NumberNotation = NumberNotation()
  ) {
    self.names = names
    columns = requests.enumerated().compactMap { index, request in
      request == .skip ? nil : Column(index: index, request: request)
    }
    self.missingValues = MissingValues(missingValues)
    sentinels = missingValues.compactMap {
      numbers.isPlain ? NumberParser.parseExactly($0.bytes) : numbers.parse($0.bytes)
    }.sorted()
  }

  /// The plan with a guess for each of its automatic columns, by place in the table, and for those
  /// columns of the table that were guessed before.
  func deciding(guessedBefore: Set<Int>, _ guess: (Int) -> ColumnRequest) -> ColumnPlan {
    var plan = self
    for place in columns.indices {
      if columns[place].request == .automatic {
        plan.columns[place].request = guess(place)
        plan.columns[place].isGuess = true
        plan.columns[place].mayBecomeText = plan.columns[place].request != .text
      } else if guessedBefore.contains(columns[place].index) {
        plan.columns[place].isGuess = true
      }
    }
    return plan
  }

  /// The columns that are not skipped, by name.
  var requested: [RequestedColumn] {
    columns.map { RequestedColumn(name: names[$0.index], request: $0.request) }
  }

  /// How many texts that are no numbers are kept of each column.
  var textLimit: Int { CellTexts.limit(columns: columns.count) }

  /// Whether it is open what some column is read as.
  var hasAutomatic: Bool { columns.contains { $0.request == .automatic } }
}
