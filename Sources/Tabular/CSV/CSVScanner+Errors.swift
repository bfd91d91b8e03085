extension CSVScanner {
  /// Checks the limits for the cell and record that the buffer's end cuts through, so that memory
  /// stays bounded whatever the input.
  func checkOpenCell() throws(CSVError) {
    let open =
      switch state {
      case .unquoted, .quoted: position - recordStart - cellBegin
      case .quoteInQuoted: position - 1 - recordStart - cellBegin
      case .recordStart, .cellStart, .afterQuote: 0
      }
    if open > options.maximumCellBytes { throw cellTooLong() }
    if state != .recordStart && end - recordStart > options.maximumRecordBytes {
      throw recordTooLong()
    }
  }

  /// The cell that is being read.
  private var openColumn: CSVError.Column {
    CSVError.Column(
      number: cellCount + 1,
      name: cellCount < columnNames.count ? columnNames[cellCount] : nil)
  }

  private var isQuoted: Bool {
    switch state {
    case .quoted, .quoteInQuoted, .afterQuote: true
    case .recordStart, .cellStart, .unquoted: false
    }
  }

  private func failure(
    _ code: CSVError.Code, line: Int, at place: Int, _ detail: String
  ) -> CSVError {
    CSVError(
      code, file: source.name, line: line, column: openColumn,
      byteOffset: bufferOffset + place, detail)
  }

  func nulByte() -> CSVError {
    CSVError(
      .notText, file: source.name, line: line, byteOffset: bufferOffset + position,
      "NUL byte at byte \(bufferOffset + position): binary data or UTF-16 text; "
        + "give CSV text in UTF-8")
  }

  func unterminatedQuote() -> CSVError {
    failure(
      .unterminatedQuote, line: cellLine, at: recordStart + cellBegin - 1,
      "the quote that opens here is never closed; close it, or double the quotes inside the cell")
  }

  func textAfterQuote() -> CSVError {
    let text = UnsafeBufferPointer(
      start: buffer + recordStart + cellBegin, count: cellEnd - cellBegin)
    return failure(
      .textAfterQuote, line: line, at: position,
      "text after the closing quote of \(Excerpt.quoted(text)); "
        + "put the whole cell in quotes, and double the quotes inside it")
  }

  func cellTooLong() -> CSVError {
    let limit = "longer than \(options.maximumCellBytes) bytes"
    if isQuoted {
      return failure(
        .cellTooLong, line: cellLine, at: recordStart + cellBegin - 1,
        "the quoted cell that opens here is \(limit); is its closing quote missing?")
    }
    return failure(
      .cellTooLong, line: line, at: recordStart + cellBegin,
      "the cell is \(limit); is the delimiter or the line break another one?")
  }

  /// What to do when the limit is that of memory.
  private var memoryAdvice: String {
    guard let most = options.longestRecordInMemory, most <= options.maximumRecordBytes else {
      return ""
    }
    return " If it is a whole row, give a memory limit of 34 MB and eight times its bytes, or more."
  }

  func recordTooLong() -> CSVError {
    CSVError(
      .recordTooLong, file: source.name, line: recordLine, byteOffset: bufferOffset + recordStart,
      "the row is longer than \(options.maximumRecordBytes) bytes; "
        + "is the line break missing, or a closing quote?" + memoryAdvice)
  }
}
