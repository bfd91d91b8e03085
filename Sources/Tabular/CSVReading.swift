/// One call of `CSVReader.read`: the passes over the inputs and what is known between them.
struct CSVReading {
  let options: CSVOptions
  let inputs: [CSVInput]
  private let missingValues: MissingValues

  var header: CSVHeader?
  private var builder: TableBuilder?

  /// For a second pass: which file each input was, and the bytes of those that cannot be read
  /// again.
  private(set) var identities: [FileIdentity?] = []
  private(set) var retained: [[[UInt8]]] = []
  var progress = CSVReader.Progress(bytesRead: 0, bytesTotal: nil, pass: 1)

  init(options: CSVOptions, inputs: [CSVInput]) {
    self.options = options
    self.inputs = inputs
    missingValues = MissingValues(options.missingValues)
  }

  /// Looks at every input before the first is read: a wrong path should not cost minutes.
  mutating func prepare() throws(CSVError) {
    guard !inputs.isEmpty else {
      throw CSVError(.empty, file: "input", "there is none; give a CSV file")
    }
    var total: Int? = 0
    for input in inputs {
      let size: Int? =
        switch input {
        case .bytes(let bytes, _): bytes.count
        case .standardInput: nil
        case .file(let path): try FileIdentity(path: path)?.size
        }
      total = total.flatMap { total in size.map { total + $0 } }
    }
    progress.bytesTotal = total
  }

  /// Reads all inputs, once or twice.
  mutating func run(
    plan: ([String]) throws -> [ColumnRequest], progress report: (CSVReader.Progress) throws -> Void
  ) throws -> Table {
    for input in inputs {
      try readInput(input, plan: plan, progress: report)
    }
    guard var builder else {
      throw CSVError(.empty, file: inputs[0].name, "is empty")
    }
    self.builder = nil
    try replay(into: &builder, progress: report)
    return builder.finish()
  }

  private mutating func readInput(
    _ input: CSVInput, plan: ([String]) throws -> [ColumnRequest],
    progress report: (CSVReader.Progress) throws -> Void
  ) throws {
    let bytesBefore = progress.bytesRead
    // Whether its bytes are needed again is known when the header is read.
    let retains = builder.map { $0.undecidedCount > 0 } ?? true
    var scanner = try CSVScanner.opening(input, options: options, retains: retains)
    guard try advance(&scanner, since: bytesBefore, report) else {
      throw CSVError(
        .empty, file: input.name, "is empty; expected a header and at least one row")
    }
    try takeHeader(of: &scanner, in: input, plan: plan)
    // Moved out and back, so that appending never copies its columns.
    guard var builder else { return }
    self.builder = nil
    var chunkEnd = scanner.bytesRead
    var rows = 0
    while try advance(&scanner, since: bytesBefore, report) {
      try Self.checkCount(scanner.record, of: scanner.cellLimit, file: input.name)
      builder.append(scanner.record, file: input.name)
      rows += 1
      if scanner.bytesRead != chunkEnd {
        chunkEnd = scanner.bytesRead
        if builder.undecidedCount == 0 {
          scanner.source.stopRetaining(freeing: builder.replayCount == 0)
        }
        estimateRows(&builder, bytesScanned: bytesBefore + scanner.bytesScanned)
      }
    }
    guard rows > 0 else {
      throw CSVError(
        .noRows, file: input.name, "has a header but no rows; expected at least one row")
    }
    self.builder = builder
    identities.append(scanner.source.identity)
    retained.append(scanner.source.retained)
  }

  private mutating func takeHeader(
    of scanner: inout CSVScanner, in input: CSVInput, plan: ([String]) throws -> [ColumnRequest]
  ) throws {
    if let header {
      try header.checkMatch(scanner.record, file: input.name)
      scanner.startRows(header.names)
      return
    }
    let header = try CSVHeader(scanner.record, file: input.name, options: options)
    let requests = try plan(header.names)
    guard requests.count == header.names.count else {
      throw CSVError(
        .planMismatch, file: input.name,
        "\(Excerpt.count(requests.count, "column request")) for "
          + "\(Excerpt.count(header.names.count, "column")); this is a bug")
    }
    self.header = header
    builder = TableBuilder(
      names: header.names, requests: requests, missingValues: missingValues)
    if !requests.contains(.automatic) { scanner.source.stopRetaining(freeing: true) }
    scanner.startRows(header.names)
  }

  private static func checkCount(
    _ record: CSVRecord, of expected: Int, file: String
  ) throws(CSVError) {
    guard record.count != expected else { return }
    let advice =
      record.count > expected
      ? "remove or quote the extra delimiter" : "add the missing delimiter"
    throw CSVError(
      .raggedRow, file: file, line: record.line, byteOffset: record.byteOffset,
      "row has \(Excerpt.count(record.count, "cell")), "
        + "\(expected) expected (as in the header); \(advice)")
  }

  /// Guesses the number of rows from those read, a little high.
  private func estimateRows(_ builder: inout TableBuilder, bytesScanned: Int) {
    guard let total = progress.bytesTotal, builder.expectedRows == 0, bytesScanned >= 65_536 else {
      return
    }
    let ratio = Double(total) / Double(bytesScanned)
    builder.expectedRows = Int(Double(builder.rowCount) * ratio * 1.02) + 1024
  }

  /// Goes on to the next record, reading chunks as needed; false at the end of the input.
  mutating func advance(
    _ scanner: inout CSVScanner, since bytesBefore: Int,
    _ report: (CSVReader.Progress) throws -> Void
  ) throws -> Bool {
    while true {
      switch try scanner.scan() {
      case .record: return true
      case .end: return false
      case .starved:
        try scanner.refill()
        progress.bytesRead = bytesBefore + scanner.bytesRead
        try report(progress)
      }
    }
  }
}

extension CSVScanner {
  /// Goes from the header to the rows.
  mutating func startRows(_ names: [String]) {
    columnNames = names
    cellLimit = names.count
  }

  /// Bytes of the input that records were made of so far.
  fileprivate var bytesScanned: Int { bufferOffset + position }
}
