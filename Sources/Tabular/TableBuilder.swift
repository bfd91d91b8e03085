/// Builds the columns of a table from records.
///
/// Numbers go through a block of a few rows, laid out by column, so that each column's array grows
/// by runs and not by single values.
struct TableBuilder {
  /// How the cells of a column are taken.
  fileprivate enum Kind {
    /// Numbers so far; text from the first cell that is none.
    case undecided
    case numeric
    case text
  }

  fileprivate struct Column {
    /// Its place in a record.
    let index: Int
    var kind: Kind
    var numbers = NumberColumn()
    var tally = LevelTally()
    /// The first rows whose texts are not in the tally: they were taken for numbers.
    var untalliedRows = 0
  }

  /// Columns that may still turn out to be text after numbers were seen in them.
  private(set) var undecidedCount = 0

  /// The rows taken.
  private(set) var rowCount = 0

  /// The most rows there may be, to allocate once; 0 when unknown.
  var expectedRows = 0

  private let names: [String]
  private let missingValues: MissingValues
  private var columns: [Column] = []
  private let block: NumberBlock

  /// A table with these columns, one request each.
  init(names: [String], requests: [ColumnRequest], missingValues: MissingValues) {
    self.names = names
    self.missingValues = missingValues
    for (index, request) in requests.enumerated() {
      switch request {
      case .skip: continue
      case .automatic: columns.append(Column(index: index, kind: .undecided))
      case .numeric: columns.append(Column(index: index, kind: .numeric))
      case .text: columns.append(Column(index: index, kind: .text))
      }
    }
    undecidedCount = requests.count { $0 == .automatic }
    block = NumberBlock(columnCount: columns.count)
  }

  /// Takes a row. It has a cell for each column of the header.
  mutating func append(_ record: CSVRecord, file: String) {
    let row = block.rowCount
    for place in columns.indices {
      let cell = record[columns[place].index]
      if columns[place].kind == .text {
        columns[place].addText(cell, missingValues)
      } else if missingValues.contains(cell) {
        columns[place].numbers.missing += 1
        block.set(.nan, row: row, column: place)
      } else {
        var value = NumberParser.parse(cell)
        if value.isNaN { value = rejectNumber(cell, place, record, file) }
        block.set(value, row: row, column: place)
      }
    }
    rowCount += 1
    block.rowCount += 1
    if block.isFull { flush() }
  }

  /// Takes a cell that is not a number, in a column of numbers so far.
  @inline(never)
  private mutating func rejectNumber(
    _ cell: UnsafeBufferPointer<UInt8>, _ place: Int, _ record: CSVRecord, _ file: String
  ) -> Double {
    if columns[place].kind == .undecided {
      undecidedCount -= 1
      columns[place].becomeText(atRow: rowCount)
      columns[place].addText(cell, missingValues)
    } else {
      columns[place].numbers.unparseable += 1
      if columns[place].numbers.examples.count < NumberColumn.maximumExamples {
        let line = record.line(ofCell: columns[place].index)
        let text = ByteString(Array(cell.prefix(NumberColumn.maximumExampleBytes)))
        columns[place].numbers.examples.append(.init(file: file, line: line, text: text))
      }
    }
    return .nan
  }

  private mutating func flush() {
    for place in columns.indices where columns[place].kind != .text {
      columns[place].numbers.chunks.append(Array(block.values(ofColumn: place)))
    }
    block.rowCount = 0
  }
}

extension TableBuilder {
  /// How many of the first rows have to be given to `replay` before the table is complete.
  var replayCount: Int {
    columns.reduce(0) { max($0, $1.untalliedRows) }
  }

  /// Takes one of the first rows again, for the columns that turned out to be text later.
  mutating func replay(_ record: CSVRecord, row: Int) {
    for place in columns.indices where row < columns[place].untalliedRows {
      let cell = record[columns[place].index]
      // Missing cells were counted the first time.
      if !missingValues.contains(cell) { columns[place].tally.add(cell) }
    }
  }

  /// The table.
  consuming func finish() -> Table {
    flush()
    let columns = columns.map { column in
      TableColumn(
        name: names[column.index],
        cells: column.kind == .text ? .text(column.tally) : .numbers(column.numbers))
    }
    return Table(columns: columns, rowCount: rowCount)
  }
}

extension TableBuilder.Column {
  fileprivate mutating func addText(
    _ cell: UnsafeBufferPointer<UInt8>, _ missingValues: MissingValues
  ) {
    if missingValues.contains(cell) {
      tally.missing += 1
    } else {
      tally.add(cell)
    }
  }

  /// Goes on as text; the numbers seen before this row will be read again.
  fileprivate mutating func becomeText(atRow row: Int) {
    kind = .text
    tally.missing = numbers.missing
    untalliedRows = numbers.missing < row ? row : 0
    numbers = NumberColumn()
  }
}
