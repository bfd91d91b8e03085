/// One call of `CSVReader.read`: the passes over the inputs and what is known between them.
struct CSVReading {
  private let options: CSVOptions
  private let inputs: [CSVInput]
  private let missingValues: MissingValues

  private var header: CSVHeader?
  private var builder: TableBuilder?

  /// For a second pass: which file each input was, and the bytes of those that cannot be read
  /// again.
  private var identities: [FileIdentity?] = []
  private var retained: [[[UInt8]]] = []
  private var progress = CSVReader.Progress(bytesRead: 0, bytesTotal: nil, pass: 1)

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

  // MARK: First pass

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
        "\(requests.count) column requests for \(header.names.count) columns; this is a bug")
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
      "row has \(record.count) \(record.count == 1 ? "cell" : "cells"), "
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

  // MARK: Second pass

  /// Reads the first rows again for the columns that were taken for numbers and are text.
  private mutating func replay(
    into builder: inout TableBuilder, progress report: (CSVReader.Progress) throws -> Void
  ) throws {
    let count = builder.replayCount
    guard count > 0, let header else { return }
    progress.bytesRead = 0
    progress.pass = 2
    var row = 0
    for (index, input) in inputs.enumerated() where row < count {
      let bytesBefore = progress.bytesRead
      var scanner = try reopen(input, index)
      guard try advance(&scanner, since: bytesBefore, report),
        scanner.record.count == header.names.count
      else { throw CSVError.changed(input.name) }
      scanner.startRows(header.names)
      while try row < count && advance(&scanner, since: bytesBefore, report) {
        guard scanner.record.count == scanner.cellLimit else {
          throw CSVError.changed(input.name)
        }
        builder.replay(scanner.record, row: row)
        row += 1
      }
    }
    guard row == count else { throw CSVError.changed(inputs[inputs.count - 1].name) }
  }

  private func reopen(_ input: CSVInput, _ index: Int) throws(CSVError) -> CSVScanner {
    if !retained[index].isEmpty {
      return CSVScanner(
        try ByteSource.replaying(retained[index], name: input.name), options: options)
    }
    let scanner = try CSVScanner.opening(input, options: options)
    guard scanner.source.identity == identities[index] else { throw CSVError.changed(input.name) }
    return scanner
  }

  // MARK: Both

  /// Goes on to the next record, reading chunks as needed; false at the end of the input.
  private mutating func advance(
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
  fileprivate mutating func startRows(_ names: [String]) {
    columnNames = names
    cellLimit = names.count
  }

  /// Bytes of the input that records were made of so far.
  fileprivate var bytesScanned: Int { bufferOffset + position }
}
