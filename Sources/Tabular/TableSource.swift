internal import Checked
internal import Parallel
internal import Synchronization

/// A table that is open: what its columns are is known, its rows can be read one time.
package final class TableSource: Sendable {
  private struct State: ~Copyable {
    var chunker: Chunker
    /// What the first rows show of columns whose kind was to be guessed.
    var samples: [Int: SampledColumn] = [:]
  }

  /// What is known of the table.
  package let schema: TableSchema

  let options: CSVOptions
  let inputs: [TableInput]
  let formats: FormatRegistry
  private let state: Mutex<State>

  /// Looks at every input before the first is read, as a wrong path should not cost minutes, and
  /// reads the header of the first.
  init(
    _ inputs: [TableInput], options: CSVOptions, formats: FormatRegistry,
    progress: (TableReader.Progress) throws -> Void
  ) throws {
    guard !inputs.isEmpty else {
      throw CSVError(.empty, file: "input", "there is none; give a CSV file")
    }
    var size: Int? = 0
    for input in inputs {
      let other = try input.storedSize()
      size = size.flatMap { size in other.map { size.addingSaturated($0) } }
    }
    var chunker = Chunker(options: options, inputs: inputs, formats: formats)
    try chunker.openInput {
      try progress(.init(bytesRead: $0, bytesTotal: size, pass: 1))
    }
    schema = TableSchema(
      columnNames: chunker.header?.names ?? [],
      unnamed: chunker.header.map { header in
        header.unnamed.sorted().map { header.names[$0] }
      } ?? [], hasNames: chunker.header?.hasNames ?? false,
      format: chunker.format?.id ?? .csv, storedSize: size)
    self.options = options
    self.inputs = inputs
    self.formats = formats
    state = Mutex(State(chunker: chunker))
  }

  /// Requests without automatic columns: what each of these is read as is guessed by its first rows, and
  /// the counts of a reading that follows say whether that is right. No row is lost.
  ///
  /// - Parameter requests: What is wanted of each column.
  /// - Returns: The same for the columns that were not automatic.
  /// - Throws: `CSVError` when there are more or fewer of them than columns.
  package func deciding(_ requests: [ColumnRequest]) throws(CSVError) -> [ColumnRequest] {
    let plan = decided(try plan(requests, names: nil))
    var decided = requests
    for column in plan.columns { decided[column.index] = column.request }
    return decided
  }

  /// A plan with guesses in place of its automatic columns.
  func decided(_ plan: ColumnPlan) -> ColumnPlan {
    if plan.hasAutomatic {
      let parser = ChunkParser(plan, options: options, inputs: inputs)
      let buffer = parser.buffer
      let found = state.withLock { $0.chunker.look(into: buffer) }.map { parser.sample($0) } ?? []
      state.withLock { state in
        for (column, sample) in zip(plan.columns, found) where column.request == .automatic {
          state.samples[column.index] = sample
        }
      }
    }
    let samples = state.withLock { $0.samples }
    return plan.deciding(guessedBefore: Set(samples.keys)) {
      samples[plan.columns[$0].index]?.kinds.guess ?? .numeric
    }
  }

  /// What the first rows show of a column; nil when nobody wanted to know.
  func sampled(_ column: Int) -> SampledColumn? { state.withLock { $0.samples[column] } }

  /// What is read of the table.
  func plan(_ requests: [ColumnRequest], names: [String]?) throws(CSVError) -> ColumnPlan {
    let names = names ?? schema.columnNames
    guard requests.count == schema.columnNames.count, names.count == requests.count else {
      throw CSVError(
        .planMismatch, file: inputs[0].name,
        "\(Excerpt.count(requests.count, "column request")) for "
          + "\(Excerpt.count(schema.columnNames.count, "column")); this is a bug")
    }
    let resolved = state.withLock { state in
      requests.enumerated().map { index, request in
        state.chunker.table?.resolved(request, column: index) ?? request
      }
    }
    return ColumnPlan(
      names: names, requests: resolved, missingValues: options.missingValues,
      numbers: options.numbers)
  }

  /// Reads all chunks into a consumer, and the levels into runs.
  ///
  /// - Throws: What `progress` throws; it gets the bytes read, on the caller's thread.
  func readChunks<Consumer: TableConsumer>(
    _ plan: ColumnPlan, threads: Int, into rows: RowDelivery<Consumer>,
    _ levels: CategoryRuns<Consumer.Categories>, progress: (Int) throws -> Void
  ) throws {
    try Workers.team(helpers: threads - 1) {
      let parser = ChunkParser(plan, options: self.options, inputs: self.inputs)
      while self.readChunk(parser, into: rows, levels) != nil {}
      parser.handOver(to: levels)
    } lead: {
      let parser = ChunkParser(plan, options: options, inputs: inputs)
      do {
        while let bytesRead = readChunk(parser, into: rows, levels) {
          try progress(bytesRead)
        }
      } catch {
        state.withLock { $0.chunker.stop() }
        throw error
      }
      parser.handOver(to: levels)
    }
    levels.finish()
  }

  /// Reads the next chunk. Gives the bytes read so far, nil when there is no chunk.
  private func readChunk<Consumer: TableConsumer>(
    _ parser: ChunkParser, into rows: RowDelivery<Consumer>,
    _ levels: CategoryRuns<Consumer.Categories>
  ) -> Int? {
    let buffer = parser.buffer
    guard let chunk = state.withLock({ $0.chunker.take(into: buffer) }) else { return nil }
    parser.begin(run: levels.run(ofChunk: chunk.number), of: levels)
    let outcome = parser.read(chunk)
    // Whoever took the chunks before still brings them; none behind is needed.
    if outcome.failure != nil { state.withLock { $0.chunker.stop() } }
    rows.take(outcome, parser.batch(outcome.rowCount))
    return chunk.bytesRead
  }

  /// Bytes in a chunk.
  var chunkSize: Int { state.withLock { $0.chunker.chunkSize } }

  /// Whether an input that was opened is compressed: its size says little about the work.
  var hasCompressed: Bool { state.withLock { $0.chunker.hasCompressed } }

  /// Which file each input was.
  var identities: [FileIdentity?] { state.withLock { $0.chunker.identities } }

  /// What to say of a chunk that cannot be read: that its file has changed, or is damaged, comes
  /// before what it leads to, but nothing comes before what the system has said.
  func explained(_ failure: any Error, of chunk: Chunk) -> any Error {
    guard let failure = failure as? CSVError, failure.code != .ioError,
      failure.code != .inputChanged
    else { return failure }
    return state.withLock { state in
      state.chunker.change(inInput: chunk.input)
        ?? state.chunker.damage(inInput: chunk.input, behind: chunk.byteOffset)
    } ?? failure
  }

  /// Refuses what was read of files that are no longer what they were when they were opened.
  ///
  /// - Throws: `CSVError`.
  func requireUnchanged() throws(CSVError) {
    for input in identities.indices {
      if let error = state.withLock({ $0.chunker.change(inInput: input) }) { throw error }
    }
  }
}
