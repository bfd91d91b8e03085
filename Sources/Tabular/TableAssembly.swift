/// Puts what came of the pieces together, in their order.
struct TableAssembly: Sendable {
  /// A piece that has to be read again for the columns that turned out to be text.
  struct Record: Sendable {
    let piece: Piece
    let rowCount: Int
    let retained: [UInt8]?
    /// The columns, by place in the table, that were taken for numbers and had some.
    let numeric: [Int]
  }

  private struct Column: Sendable {
    var isText: Bool
    var numbers = NumberColumn()
  }

  let plan: ColumnPlan
  private let inputs: [CSVInput]
  private var columns: [Column]
  private(set) var rowCount = 0
  private var rowsOfInput = 0
  /// The line the next piece begins on.
  private var line = 1
  private var records: [Record] = []

  /// What is wrong with the first rows that cannot be read, and their piece.
  private(set) var failure: (error: any Error, piece: Piece)?

  init(_ plan: ColumnPlan, inputs: [CSVInput]) {
    self.plan = plan
    self.inputs = inputs
    columns = plan.columns.map { Column(isText: $0.request == .text) }
  }

  /// Takes the next piece; after a failure nothing is taken.
  mutating func append(_ outcome: PieceOutcome) {
    guard failure == nil else { return }
    let piece = outcome.piece
    if let first = piece.firstLine {
      line = first
      rowsOfInput = 0
    }
    if let failure = outcome.failure {
      self.failure = (resolved(failure), piece)
      return
    }
    for place in columns.indices { take(outcome, place) }
    record(outcome)
    rowCount += outcome.rowCount
    rowsOfInput += outcome.rowCount
    line += outcome.lineCount
    if piece.endsInput && rowsOfInput == 0 {
      let error = CSVError(
        .noRows, file: inputs[piece.input].name,
        "has a header but no rows; expected at least one row")
      failure = (error, piece)
    }
  }

  private func resolved(_ failure: PieceFailure) -> any Error {
    switch failure {
    case .asIs(let error): return error
    case .inPiece(var error):
      error.line = error.line.map { $0 + line }
      return error
    }
  }

  private mutating func take(_ outcome: PieceOutcome, _ place: Int) {
    let found = outcome.columns[place]
    columns[place].numbers.missing += found.missing
    if found.isText || columns[place].isText {
      columns[place].isText = true
      columns[place].numbers.chunks = []
      return
    }
    columns[place].numbers.unparseable += found.unparseable
    let missing = NumberColumn.maximumExamples - columns[place].numbers.examples.count
    for example in found.examples.prefix(missing) {
      columns[place].numbers.examples.append(
        .init(file: example.file, line: example.line + line, text: example.text))
    }
    if outcome.rowCount > 0 && !outcome.numbers.isEmpty {
      columns[place].numbers.chunks.append(outcome.numbers[place])
    }
  }

  private mutating func record(_ outcome: PieceOutcome) {
    let numeric = columns.indices.filter { outcome.needsAnotherLook($0, plan) }
    guard !numeric.isEmpty else { return }
    records.append(
      Record(
        piece: outcome.piece, rowCount: outcome.rowCount, retained: outcome.retained,
        numeric: numeric))
  }

  /// The pieces to be read again, and for which columns.
  var unfinished: [Record] {
    records.compactMap { record in
      let places = record.numeric.filter { columns[$0].isText }
      if places.isEmpty { return nil }
      return Record(
        piece: record.piece, rowCount: record.rowCount, retained: record.retained,
        numeric: places)
    }
  }

  /// The table, with the levels that the readers counted; nothing may be unfinished.
  func table(_ tallies: [[LevelTally]]) -> Table {
    let columns = columns.enumerated().map { place, column in
      let name = plan.names[plan.columns[place].index]
      guard column.isText else { return TableColumn(name: name, cells: .numbers(column.numbers)) }
      var tally = LevelTally()
      for other in tallies { tally.merge(other[place]) }
      tally.missing = column.numbers.missing
      return TableColumn(name: name, cells: .text(tally))
    }
    return Table(columns: columns, rowCount: rowCount)
  }
}
