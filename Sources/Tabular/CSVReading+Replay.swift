extension CSVReading {
  /// Reads the first rows again for the columns that were taken for numbers and are text.
  mutating func replay(
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
}
