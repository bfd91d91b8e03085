extension ChunkParser {
  /// Reads a chunk by the scanner.
  func parseByScanner(_ chunk: Chunk, _ outcome: inout ChunkOutcome) throws(ChunkFailure) {
    let bytes = UnsafeBufferPointer(start: buffer.bytes + chunk.start, count: chunk.count)
    checkEncoding(of: chunk, &outcome)
    // Every row has its line break, but for the last.
    reserveValues(1 + bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
    var row = 0
    outcome.lineCount = try scan(chunk) { record in
      for place in plan.columns.indices {
        let index = plan.columns[place].index
        let text = record[index]
        if !isText[place] {
          takeValue(text, place: place, row: row, &outcome) { record.line(ofCell: index) }
        } else {
          tally(text, place, &outcome)
        }
      }
      row += 1
    }
    outcome.rowCount = row
  }

  private func tally(
    _ text: UnsafeBufferPointer<UInt8>, _ place: Int, _ outcome: inout ChunkOutcome
  ) {
    if plan.missingValues.contains(text) {
      outcome.columns[place].missing += 1
    } else {
      tallies[place].add(text)
    }
  }

  /// Calls `body` for each row of a chunk.
  ///
  /// - Returns: The number of line breaks.
  /// - Throws: What is wrong with the chunk.
  func scan(_ chunk: Chunk, _ body: (CSVRecord) -> Void) throws(ChunkFailure) -> Int {
    let bytes = UnsafeBufferPointer(start: buffer.bytes + chunk.start, count: chunk.count)
    let name = inputs[chunk.input].name
    // The scanner copies the bytes: it makes doubled quotes single in place.
    var scanner = CSVScanner(
      ByteSource(name: name, memory: []), behind: bytes, line: 0,
      options: options.with(chunk.dialect))
    scanner.bufferOffset = chunk.byteOffset
    scanner.isAtEnd = chunk.failure == nil
    scanner.startRows(plan.names)
    do throws(CSVError) {
      scan: while true {
        switch try scanner.scan() {
        case .record:
          try Self.checkCount(scanner.record, of: scanner.cellLimit, file: name)
          body(scanner.record)
        case .starved, .end:
          break scan
        }
      }
    } catch {
      throw .inChunk(error)
    }
    if let failure = chunk.failure { throw failure }
    return scanner.line
  }

  private static func checkCount(
    _ record: CSVRecord, of expected: Int, file: String
  ) throws(CSVError) {
    guard record.count != expected else { return }
    var advice =
      record.count > expected
      ? "remove or quote the extra delimiter" : "add the missing delimiter"
    if record.count < expected, let comment = TextOpening.commentByte(record[0]) {
      advice += "; if the line is a comment, give --comment '\(comment)'"
    }
    throw CSVError(
      .raggedRow, file: file, line: record.line, byteOffset: record.byteOffset,
      "row has \(Excerpt.count(record.count, "cell")), "
        + "\(expected) expected (as in the header); \(advice)")
  }
}
