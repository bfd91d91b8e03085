extension ChunkParser {
  /// Counts the levels of columns of text that were taken for numbers. False when the rows are not
  /// those of the first time.
  func recount(_ record: CountedChunk) -> Bool {
    var chunk = record.chunk
    take(chunk.dialect)
    chunk.start = 0
    // The bytes may be other ones by now.
    let bytes = UnsafeBufferPointer(start: buffer.bytes, count: chunk.count)
    chunk.hasQuotes = chunk.hasQuotes || bytes.contains(UInt8(ascii: "\""))
    if let layout = layOut(chunk) {
      guard layout.rowCount == record.rowCount else { return false }
      for place in record.numeric { tally(layout, place) }
      return true
    }
    var row = 0
    let lines = try? scan(chunk) { cells in
      for place in record.numeric {
        let text = cells[plan.columns[place].index]
        // Missing cells were counted the first time.
        if !plan.missingValues.contains(text) { tallies[place].add(text) }
      }
      row += 1
    }
    return lines != nil && row == record.rowCount
  }
}
