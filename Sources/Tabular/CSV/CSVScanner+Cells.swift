private let quote = UInt8(ascii: "\"")

extension CSVScanner {
  /// Notes the cell from `cellBegin` to `position`, without the padding behind it.
  @inline(__always)
  mutating func endUnquotedCell() throws(CSVError) {
    let first = recordStart + cellBegin
    if position - first > options.maximumCellBytes { throw cellTooLong() }
    var last = position
    while last > first && classes[Int(buffer[last - 1])] & ByteClass.padding != 0 { last -= 1 }
    append(count: last - first)
  }

  /// Notes where the text in quotes ends, the closing quote being the last byte scanned.
  mutating func closeQuotedCell() {
    cellEnd = position - 1 - recordStart
    state = .afterQuote
  }

  /// Notes the cell from `cellBegin` to `cellEnd`, with doubled quotes made single in place.
  mutating func endQuotedCell() throws(CSVError) {
    if cellEnd - cellBegin > options.maximumCellBytes { throw cellTooLong() }
    // The text of cells that are only counted is left as it is.
    guard hasDoubledQuotes && cellCount < cellLimit else {
      return append(count: cellEnd - cellBegin)
    }
    let text = buffer + recordStart + cellBegin
    var read = 0
    var written = 0
    while read < cellEnd - cellBegin {
      text[written] = text[read]
      read += text[read] == quote ? 2 : 1
      written += 1
    }
    append(count: written)
  }

  @inline(__always)
  private mutating func append(count: Int) {
    if cellCount < cellLimit {
      if cellCount == cellCapacity { growCells() }
      cells[cellCount] = CSVRecord.Cell(
        start: UInt32(truncatingIfNeeded: cellBegin), count: UInt32(truncatingIfNeeded: count))
    }
    cellCount += 1
  }

  private mutating func growCells() {
    let larger = UnsafeMutablePointer<CSVRecord.Cell>.allocate(capacity: cellCapacity * 2)
    larger.update(from: cells, count: cellCapacity)
    cells.deallocate()
    cells = larger
    cellCapacity *= 2
  }
}
