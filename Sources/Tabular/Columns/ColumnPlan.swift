/// Which columns are read, and as what.
struct ColumnPlan: Sendable {
  /// A column of the table.
  struct Column: Sendable {
    /// Its place in a record.
    let index: Int
    fileprivate(set) var request: ColumnRequest
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

  /// The plan with other requests for its automatic columns, by place in the table.
  func deciding(_ request: (Int) -> ColumnRequest) -> ColumnPlan {
    var plan = self
    for place in columns.indices where columns[place].request == .automatic {
      plan.columns[place].request = request(place)
    }
    return plan
  }

  /// The columns that are not skipped, by name.
  var requested: [RequestedColumn] {
    columns.map { RequestedColumn(name: names[$0.index], request: $0.request) }
  }

  /// Whether a column may turn out to be text later.
  var hasAutomatic: Bool { columns.contains { $0.request == .automatic } }
}
