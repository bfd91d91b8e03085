internal import CInstructionSets
internal import CTextKernels

extension ChunkParser {
  /// Reads a chunk by the kernels; false, and nothing is done, when it needs the scanner.
  func parseByKernels(_ chunk: Chunk, _ outcome: inout ChunkOutcome) throws(ChunkFailure) -> Bool {
    guard let layout = layOut(chunk) else { return false }
    let rowCount = layout.rowCount
    outcome.rowCount = rowCount
    outcome.lineCount = layout.lineCount
    if layout.mayHaveHigh { checkEncoding(of: chunk, &outcome) }
    guard rowCount > 0 else { return true }
    reserveValues(rowCount)
    convertNumbers(layout, &outcome)
    for place in plan.columns.indices where plan.columns[place].isTime {
      convertTimes(layout, place, &outcome)
    }
    for place in plan.columns.indices where isText[place] {
      let before = tallies[place].missing
      tally(layout, place)
      outcome.columns[place] = ChunkOutcome.Column(
        isText: true, missing: tallies[place].missing - before)
    }
    return true
  }

  /// Counts the levels of a column.
  func tally(_ layout: ChunkLayout, _ place: Int) {
    tallies[place].add(
      layout.rows, count: layout.rowCount, column: plan.columns[place].index,
      delimiter: delimiter, missingValues: plan.missingValues, scratch: &textScratch)
  }

  /// Finds the cells of a chunk; nil when it is out of the ordinary.
  func layOut(_ chunk: Chunk) -> ChunkLayout? {
    guard chunk.failure == nil,
      chunk.count <= min(options.maximumCellBytes, options.maximumRecordBytes)
    else { return nil }
    let text = buffer.bytes + chunk.start
    var count = chunk.count
    if text[count - 1] != UInt8(ascii: "\n") {
      // The input's last row may lack a line break, and a CR gets its LF. There is room: what
      // follows in the buffer has been kept elsewhere.
      text[count] = UInt8(ascii: "\n")
      count += 1
    }
    positions.reserve(count + 128)
    let places = positions.base + 1
    positions.base.pointee = .max
    let separators = drift_find_separators(
      options.instructionSet, text, count, delimiter, chunk.hasQuotes, places)
    guard separators.is_plain else { return nil }
    firstSeparators.reserve(separators.breaks + 1)
    let rows = drift_rows(
      text: text, positions: places, first: firstSeparators.base, columns: plan.names.count)
    let rowCount = drift_find_rows(rows, separators, firstSeparators.base)
    guard rowCount >= 0 else { return nil }
    return ChunkLayout(
      rows: rows, rowCount: Int(rowCount), lineCount: separators.lines,
      mayHaveHigh: separators.may_have_high)
  }

  private func convertNumbers(_ layout: ChunkLayout, _ outcome: inout ChunkOutcome) {
    selectNumberColumns()
    var lines = LineCounter(text: layout.rows.text)
    var row = 0
    while row < layout.rowCount && !numberColumns.isEmpty {
      // Small blocks: odd cells are dealt with while the text is at hand.
      let end = min(layout.rowCount, row + max(1, 32_768 / numberColumns.count))
      oddCells.reserve((end - row) * numberColumns.count)
      let count = plan.sentinels.withUnsafeBufferPointer { sentinels in
        numberColumns.withUnsafeMutableBufferPointer { columns in
          drift_convert_numbers(
            options.instructionSet, layout.rows, row, end, columns.baseAddress, columns.count,
            sentinels.baseAddress, sentinels.count, options.numbers.point, oddCells.base)
        }
      }
      if count > 0 { takeOddCells(count, layout, &lines, &outcome) }
      row = end
    }
    for (column, place) in zip(numberColumns, numberPlaces) {
      outcome.columns[place].missing += Int(column.missing)
    }
  }

  private func takeOddCells(
    _ count: Int, _ layout: ChunkLayout, _ lines: inout LineCounter, _ outcome: inout ChunkOutcome
  ) {
    for index in 0..<count {
      let odd = oddCells.base[index]
      let place = numberPlaces[Int(odd.place)]
      let column = plan.columns[place].index
      let cell = drift_cell_at(layout.rows, Int(odd.row), column, delimiter)
      var scratch: [UInt8] = []
      cell.withText(&scratch) { text in
        takeValue(text, place: place, row: Int(odd.row), &outcome) {
          lines.line(at: cell.bytes)
        }
      }
    }
  }

  private func convertTimes(
    _ layout: ChunkLayout, _ place: Int, _ outcome: inout ChunkOutcome
  ) {
    let column = plan.columns[place].index
    var lines = LineCounter(text: layout.rows.text)
    for row in 0..<layout.rowCount {
      let cell = drift_cell_at(layout.rows, row, column, options.delimiter)
      cell.withText(&textScratch) { text in
        takeValue(text, place: place, row: row, &outcome) { lines.line(at: cell.bytes) }
      }
    }
  }

  private func selectNumberColumns() {
    numberColumns.removeAll(keepingCapacity: true)
    numberPlaces.removeAll(keepingCapacity: true)
    for (place, column) in plan.columns.enumerated() where column.request == .numeric {
      numberColumns.append(
        drift_number_column(
          index: UInt32(column.index), values: values.base + place * stride, missing: 0))
      numberPlaces.append(place)
    }
  }
}

/// Where the rows of a chunk are.
struct ChunkLayout {
  let rows: drift_rows
  let rowCount: Int
  /// Line breaks.
  let lineCount: Int
  /// It may not be ASCII.
  let mayHaveHigh: Bool
}

/// Tells the lines of places in a text that are asked for in ascending order.
private struct LineCounter {
  let text: UnsafePointer<UInt8>
  private var counted = 0
  private var lines = 0

  init(text: UnsafePointer<UInt8>) {
    self.text = text
  }

  mutating func line(at place: UnsafePointer<UInt8>) -> Int {
    let offset = place - text
    // A plain text has no CR without an LF.
    for index in counted..<max(counted, offset) where text[index] == UInt8(ascii: "\n") {
      lines += 1
    }
    counted = offset
    return lines
  }
}
