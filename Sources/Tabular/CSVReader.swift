internal import Checked

/// Reads CSV text into columns.
///
/// The text is RFC 4180 with what real files add: a UTF-8 byte order mark, CRLF, LF and CR as line
/// breaks in any mix, a last line without one, padding (spaces and tabs) around cells. Lines that
/// are empty or hold padding only are skipped, as pandas does; `""` on a line is a missing cell. A
/// quote inside an unquoted cell is a plain character. Cells may hold any bytes but NUL.
///
/// Inputs that begin with the magic bytes of gzip or Zstandard are decompressed on the way, on the
/// thread that cuts the text into pieces while others read them.
///
/// A file must be the same one, of the same size and time, from the first look at it until all is
/// read: rows of two states of it would make a table that never was.
///
/// NumPy arrays (`.npy`) of one or two dimensions are tables of numbers too: NaN is a missing cell,
/// and so is a number that `missingValues` name; a column that is wanted as text has a level for
/// each number. An automatic column of theirs is numeric.
package struct CSVReader: Sendable {
  /// How far a reading is.
  package struct Progress: Sendable, Hashable {
    /// Bytes read in this pass, over all inputs; those of a compressed input as it is stored.
    package var bytesRead: Int
    /// Bytes there are to read in a pass; nil when an input's size is not known.
    package var bytesTotal: Int?
    /// 1, or 2 while rows are read again whose numbers turned out to be texts.
    package var pass: Int
  }

  /// How the text is read.
  package let options: CSVOptions

  /// A reader with these options.
  package init(options: CSVOptions = CSVOptions()) {
    self.options = options
  }

  /// Reads inputs that are the partitions of one table: all have the same header.
  ///
  /// Memory beyond the table is one chunk and the longest record. An input that cannot be read
  /// twice (standard input, a FIFO) is also kept whole while an `automatic` column may still turn
  /// out to be text; a file is opened, and decompressed, again instead.
  ///
  /// - Parameters:
  ///   - inputs: the partitions, in the order of their rows: all text, or all arrays.
  ///   - arrayNames: called for the number of columns when the inputs are arrays: what they are
  ///     called, nil for `x0`, `x1`, ...
  ///   - plan: gives for each column, by the names in the header, what is wanted of it.
  ///   - threads: how many threads to use, at least 1; they end with the call and no result depends
  ///     on them.
  ///   - progress: called on the caller's thread, after each chunk that this thread read; what it
  ///     throws ends the reading.
  /// - Returns: the columns that were not skipped.
  /// - Throws: `CSVError`, or what `plan` or `progress` throws.
  package func read(
    _ inputs: [CSVInput], arrayNames: (Int) throws -> [String]? = { _ in nil },
    plan: ([String]) throws -> [ColumnRequest], threads: Int = 1,
    progress: (Progress) throws -> Void = { _ in }
  ) throws -> Table {
    let reading = try open(
      inputs, arrayNames: arrayNames, plan: plan, threads: threads, progress: progress)
    let sink = StoringSink(TableAssembly(reading.plan, inputs: inputs))
    try reading.readPieces(into: sink, progress: progress)
    return try reading.finish(sink.assembly, progress: progress)
  }

  /// Reads inputs as `read` does and hands the rows on instead of keeping their numbers: memory
  /// does not grow with the number of rows.
  ///
  /// - Parameters:
  ///   - inputs: the partitions, in the order of their rows: all text, or all arrays.
  ///   - arrayNames: called for the number of columns when the inputs are arrays: what they are
  ///     called, nil for `x0`, `x1`, ...
  ///   - plan: as for `read`. As rows cannot be taken back, the first chunk decides what an
  ///     `automatic` column is: text if a cell there is, else numeric.
  ///   - begin: called before the first row with what is read of each column of the table.
  ///   - threads: how many threads to use, at least 1.
  ///   - consumer: gets the rows. After an error it has got some of them.
  ///   - levels: gets the levels of columns of text, which are not in the table then; nil to keep them.
  ///   - progress: called on the caller's thread, after each chunk that this thread read; what it
  ///     throws ends the reading.
  /// - Returns: the columns with their counts and levels, but without numbers: the `chunks` are
  ///   empty.
  /// - Throws: `CSVError`, or what `plan` or `progress` throws.
  package func stream<Consumer: RowConsumer>(
    _ inputs: [CSVInput], arrayNames: (Int) throws -> [String]? = { _ in nil },
    plan: ([String]) throws -> [ColumnRequest],
    begin: ([(name: String, request: ColumnRequest)]) throws -> Void = { _ in }, threads: Int = 1,
    consumer: inout Consumer, levels: LevelTaker? = nil,
    progress: (Progress) throws -> Void = { _ in }
  ) throws -> Table {
    var reading = try open(
      inputs, arrayNames: arrayNames, plan: plan, levels: levels, threads: threads,
      progress: progress)
    reading.plan = reading.run.decided(reading.plan)
    let names = reading.plan.names
    try begin(reading.plan.columns.map { (names[$0.index], $0.request) })
    let sink = StreamingSink(TableAssembly(reading.plan, inputs: inputs), consumer)
    // What was collected is the caller's, whatever happens.
    defer { consumer = sink.consumer }
    try reading.readPieces(into: sink, progress: progress)
    return try reading.finish(sink.assembly, progress: progress)
  }

  /// The names of an input's columns, without reading on; nil for an array, which has none, and for
  /// an input that can be read only one time.
  ///
  /// - Throws: `CSVError`.
  package func names(of input: CSVInput) throws -> [String]? {
    switch input {
    case .stream: return nil
    case .file(let path): if try FileIdentity(path: path) == nil { return nil }
    case .bytes: break
    }
    var cutter = PieceCutter(options: options, inputs: [input])
    try cutter.openInput()
    return cutter.isArrays == true ? nil : cutter.header?.names
  }

  private func open(
    _ inputs: [CSVInput], arrayNames: (Int) throws -> [String]?,
    plan: ([String]) throws -> [ColumnRequest], levels: LevelTaker? = nil, threads: Int,
    progress: (Progress) throws -> Void
  ) throws -> Reading {
    try checkOptions()
    let size = try CSVRun.size(of: inputs)
    let run = CSVRun(options: options, inputs: inputs, levels: levels)
    var state = Progress(bytesRead: 0, bytesTotal: size, pass: 1)
    let plan = try run.open(arrayNames: arrayNames, plan: plan) { bytesRead in
      state.bytesRead = bytesRead
      try progress(state)
    }
    return Reading(run: run, plan: plan, threads: max(threads, 1), size: size)
  }

  private func checkOptions() throws(CSVError) {
    if [0x00, 0x0A, 0x0D, 0x22].contains(options.delimiter) {
      throw CSVError(
        .invalidOptions, file: "delimiter",
        "\(Excerpt.quoted([options.delimiter])) cannot separate cells; "
          + "use a byte other than a quote, a line break or NUL")
    }
  }
}

/// A call of `read` or `stream` whose columns are known.
private struct Reading {
  let run: CSVRun
  var plan: ColumnPlan
  let threads: Int
  let size: Int?

  /// The threads that memory has room for.
  private var readers: Int {
    min(threads, run.options.mostReaders(ofPieces: run.chunkSize))
  }

  func readPieces(
    into sink: some PieceSink, progress: (CSVReader.Progress) throws -> Void
  ) throws {
    // A thread is worth its start when it gets a few pieces.
    let known = run.hasCompressed ? nil : size
    let useful = known.map { ($0 / run.options.bounded.chunkSize).addingSaturated(1) } ?? threads
    try run.readPieces(plan, threads: min(readers, useful), into: sink) { bytesRead in
      try progress(.init(bytesRead: bytesRead, bytesTotal: size, pass: 1))
    }
  }

  func finish(
    _ assembly: TableAssembly, progress: (CSVReader.Progress) throws -> Void
  ) throws -> Table {
    if let (failure, piece) = assembly.failure { throw run.explained(failure, of: piece) }
    let records = assembly.unfinished
    var tallies = run.tallies
    if !records.isEmpty {
      // Bytes of the pieces up to each.
      var sizes = [0]
      for record in records { sizes.append(sizes[sizes.count - 1] + record.piece.count) }
      let total = sizes[records.count]
      tallies += try run.readAgain(records, plan, threads: readers) { count in
        try progress(.init(bytesRead: sizes[count], bytesTotal: total, pass: 2))
      }
    }
    try run.requireUnchanged()
    return assembly.table(tallies)
  }
}
