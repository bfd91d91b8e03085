internal import Checked

extension TableSource {
  /// Reads the rows into a consumer.
  ///
  /// What an `automatic` column is read as is guessed by the first rows, and found out by all of them:
  /// one that was not read as text and is gets its levels when its rows are read again, behind all
  /// others; the counts of one that should have been read as something else say so (`misread`).
  ///
  /// Memory beyond what the consumer keeps is one chunk a thread and the longest record. An input
  /// that cannot be read twice (standard input, a FIFO) is also kept whole while an `automatic`
  /// column may still turn out to be text; a file is opened, and decompressed, again instead.
  ///
  /// - Parameters:
  ///   - consumer: Gets the columns, the rows and the counts. After an error it has got some rows.
  ///   - requests: What is wanted of each column in the schema. Whoever cannot take back rows that
  ///     had numbers for a column that is text wants no `automatic` one; see `deciding`.
  ///   - names: The names of the columns; nil for those in the schema.
  ///   - threads: How many threads to use, at least 1; they end with the call and no result depends
  ///     on them.
  ///   - progress: Called on the caller's thread, after each chunk that this thread read; what it
  ///     throws ends the reading.
  /// - Throws: `CSVError`, or what `progress` throws.
  package func read<Consumer: TableConsumer>(
    into consumer: inout Consumer, _ requests: [ColumnRequest], names: [String]? = nil,
    threads: Int = 1, progress: (TableReader.Progress) throws -> Void = { _ in }
  ) throws {
    let plan = decided(try plan(requests, names: names))
    consumer.begin(plan.requested)
    let rows = RowDelivery(TableCounter(plan, inputs: inputs), consumer)
    let guesses = plan.columns.indices.filter {
      plan.columns[$0].isGuess && plan.columns[$0].isText
    }
    let levels = CategoryRuns(
      consumer.categories, guesses: guesses, numbers: options.numbers)
    // What was collected is the caller's, whatever happens.
    defer { consumer = rows.consumer }
    try readChunks(plan, threads: usefulThreads(threads), into: rows, levels) { bytesRead in
      try progress(.init(bytesRead: bytesRead, bytesTotal: schema.storedSize, pass: 1))
    }
    if let (failure, chunk) = rows.counter.failure { throw explained(failure, of: chunk) }
    let unfinished = rows.decide(levels.kinds, sampled)
    try recount(unfinished, plan, threads, levels, progress)
    try requireUnchanged()
    rows.finish(levels.categories)
  }

  /// The threads that memory has room for.
  private func parsers(_ threads: Int) -> Int {
    min(max(threads, 1), options.maximumParsers(ofChunks: chunkSize))
  }

  /// A thread is worth its start when it gets a few chunks.
  private func usefulThreads(_ threads: Int) -> Int {
    let known = hasCompressed ? nil : schema.storedSize
    let useful = known.map { ($0 / options.bounded.chunkSize).addingSaturated(1) }
    return min(parsers(threads), useful ?? .max)
  }

  private func recount(
    _ records: [CountedChunk], _ plan: ColumnPlan, _ threads: Int,
    _ levels: CategoryRuns<some CategoryConsumer>,
    _ progress: (TableReader.Progress) throws -> Void
  ) throws {
    guard !records.isEmpty else { return }
    // Bytes of the chunks up to each.
    var sizes = [0]
    for record in records { sizes.append(sizes[sizes.count - 1] + record.chunk.count) }
    let total = sizes[records.count]
    let tallies = try reread(records, plan, threads: parsers(threads)) { count in
      try progress(.init(bytesRead: sizes[count], bytesTotal: total, pass: 2))
    }
    for tally in tallies { levels.takeAgain(tally) }
  }
}
