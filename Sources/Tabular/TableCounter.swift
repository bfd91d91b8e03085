/// Adds up what came of the chunks, in their order.
struct TableCounter: Sendable {
  let plan: ColumnPlan
  private let inputs: [TableInput]
  private(set) var counts: TableCounts
  private var rowsOfInput = 0
  /// The line the next chunk begins on.
  private var line = 1
  private var records: [CountedChunk] = []

  /// What is wrong with the first rows that cannot be read, and their chunk.
  private(set) var failure: (error: any Error, chunk: Chunk)?

  init(_ plan: ColumnPlan, inputs: [TableInput]) {
    self.plan = plan
    self.inputs = inputs
    counts = TableCounts(plan.requested)
  }

  /// Takes the next chunk; after a failure nothing is taken.
  mutating func append(_ outcome: ChunkOutcome) {
    guard failure == nil else { return }
    let chunk = outcome.chunk
    if let first = chunk.firstLine {
      line = first
      rowsOfInput = 0
    }
    if let failure = outcome.failure {
      self.failure = (resolved(failure), chunk)
      return
    }
    for place in counts.columns.indices { take(outcome.columns[place], place) }
    if counts.invalidText == nil, var invalid = outcome.invalidText {
      invalid.line += line
      counts.invalidText = invalid
    }
    record(outcome)
    counts.rowCount += outcome.rowCount
    rowsOfInput += outcome.rowCount
    line += outcome.lineCount
    if chunk.endsInput {
      counts.inputs.append(
        InputSummary(
          file: inputs[chunk.input].name, delimiter: chunk.dialect?.delimiter,
          rowCount: rowsOfInput))
    }
    if chunk.endsInput && rowsOfInput == 0 {
      let error = CSVError(
        .noRows, file: inputs[chunk.input].name,
        "has a header but no rows; expected at least one row")
      failure = (error, chunk)
    }
  }

  private func resolved(_ failure: ChunkFailure) -> any Error {
    switch failure {
    case .asIs(let error): return error
    case .inChunk(var error):
      error.line = error.line.map { $0 + line }
      return error
    }
  }

  private mutating func take(_ found: ChunkOutcome.Column, _ place: Int) {
    counts.columns[place].missing += found.missing
    guard found.unparseable > 0 else { return }
    counts.columns[place].others += found.others
    counts.columns[place].texts.add(found.texts, linesBefore: line, limit: plan.textLimit)
    counts.columns[place].unparseable += found.unparseable
    let room = NumberColumn.maximumExamples - counts.columns[place].examples.count
    for example in found.examples.prefix(room) {
      counts.columns[place].examples.append(
        .init(file: example.file, line: example.line + line, text: example.text))
    }
  }

  private mutating func record(_ outcome: ChunkOutcome) {
    let numeric = counts.columns.indices.filter { outcome.needsAnotherLook($0, plan) }
    guard !numeric.isEmpty else { return }
    records.append(
      CountedChunk(
        chunk: outcome.chunk, rowCount: outcome.rowCount, retained: outcome.retained,
        numeric: numeric))
  }

  /// Finds out what the columns are whose kind was guessed.
  ///
  /// - Parameters:
  ///   - levels: What the cells of a column are that was read as text.
  ///   - sample: What the first rows show of a column of the table.
  mutating func decide(levels: (Int) -> CellKinds?, sample: (Int) -> SampledColumn?) {
    for (place, column) in plan.columns.enumerated() where column.isGuess {
      let found = counts.columns[place]
      var kinds = levels(place) ?? CellKinds()
      kinds.present = counts.rowCount - found.missing
      if !column.isText {
        let valid = kinds.present - found.unparseable
        (kinds.numbers, kinds.times) = column.isTime ? (found.others, valid) : (valid, found.others)
      }
      counts.columns[place].kinds = kinds
      counts.columns[place].sample = sample(column.index)
      if column.mayBecomeText, kinds.request == .text {
        counts.columns[place].isText = true
        counts.columns[place].isTime = false
      }
    }
  }

  /// The chunks to be read again, and for which columns.
  var unfinished: [CountedChunk] {
    records.compactMap { record in
      let places = record.numeric.filter { counts.columns[$0].isText }
      if places.isEmpty { return nil }
      return CountedChunk(
        chunk: record.chunk, rowCount: record.rowCount, retained: record.retained,
        numeric: places)
    }
  }
}
