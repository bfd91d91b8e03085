/// Some rows of an array: their bytes in C order, or, when the array is in Fortran order, where they
/// are in the file.
struct NumpyRows: ChunkContent {
  let array: NumpyArray
  let firstRow: Int
  let rowCount: Int
  /// Which file it is, when the parser has to get the bytes.
  let identity: FileIdentity?

  func parse(
    _ chunk: Chunk, by parser: ChunkParser, into outcome: inout ChunkOutcome
  ) throws(ChunkFailure) {
    try parser.parse(self, chunk, &outcome)
  }
}

extension ChunkParser {
  fileprivate func parse(
    _ rows: NumpyRows, _ chunk: Chunk, _ outcome: inout ChunkOutcome
  ) throws(ChunkFailure) {
    outcome.rowCount = rows.rowCount
    reserveValues(rows.rowCount)
    if rows.array.isColumnMajor {
      try readColumns(rows, chunk, &outcome)
    } else {
      convertRows(rows)
      tallyRows(rows, &outcome)
    }
    for place in plan.columns.indices where !isText[place] {
      outcome.columns[place].missing = markMissing(place, rows.rowCount)
    }
  }

  /// Converts rows that lie in the buffer, a few at a time, so that each stays in the cache while
  /// its columns are converted.
  private func convertRows(_ rows: NumpyRows) {
    let array = rows.array
    let block = max(16, (16 << 10) / array.rowBytes)
    var row = 0
    while row < rows.rowCount {
      let count = min(block, rows.rowCount - row)
      let bytes = UnsafeRawPointer(buffer.bytes) + row * array.rowBytes
      for (place, column) in plan.columns.enumerated() where !isText[place] {
        array.element.convert(
          bytes + column.index * array.element.size, stride: array.rowBytes, count: count,
          to: values.base + (place * stride + row))
      }
      row += count
    }
  }

  private func tallyRows(_ rows: NumpyRows, _ outcome: inout ChunkOutcome) {
    let size = rows.array.element.size
    for (place, column) in plan.columns.enumerated() where isText[place] {
      tally(
        UnsafeRawPointer(buffer.bytes) + column.index * size, stride: rows.array.rowBytes, rows,
        place, &outcome)
    }
  }

  private func readColumns(
    _ rows: NumpyRows, _ chunk: Chunk, _ outcome: inout ChunkOutcome
  ) throws(ChunkFailure) {
    let array = rows.array
    let size = array.element.size
    let space = rows.rowCount * size
    buffer.reserve(space, keeping: 0)
    let bytes = UnsafeRawPointer(buffer.bytes)
    for (place, column) in plan.columns.enumerated() {
      let first = column.index * array.rowCount + rows.firstRow
      do throws(CSVError) {
        try load(
          UnsafeMutableRawBufferPointer(start: buffer.bytes, count: space),
          at: array.dataOffset + first * size, of: chunk, rows.identity)
      } catch {
        throw .asIs(error)
      }
      if isText[place] {
        tally(bytes, stride: size, rows, place, &outcome)
      } else {
        array.element.convert(
          bytes, stride: size, count: rows.rowCount, to: values.base + place * stride)
      }
    }
  }

  /// Counts numbers as levels.
  private func tally(
    _ bytes: UnsafeRawPointer, stride: Int, _ rows: NumpyRows, _ place: Int,
    _ outcome: inout ChunkOutcome
  ) {
    for row in 0..<rows.rowCount {
      var level = rows.array.element.level(bytes + row * stride)
      let isCounted = level?.withUTF8 { text in
        guard !plan.missingValues.contains(text) else { return false }
        tallies[place].add(text)
        return true
      }
      if isCounted != true { outcome.columns[place].missing += 1 }
    }
  }

  /// Makes NaN of the numbers that mean "missing", and counts those.
  private func markMissing(_ place: Int, _ count: Int) -> Int {
    let numbers = values.base + place * stride
    if plan.sentinels.count <= 8 {
      for sentinel in plan.sentinels {
        for row in 0..<count where numbers[row] == sentinel { numbers[row] = .nan }
      }
    } else {
      for row in 0..<count where isSentinel(numbers[row]) { numbers[row] = .nan }
    }
    var missing = 0
    for row in 0..<count { missing += numbers[row].isNaN ? 1 : 0 }
    guard missing > 0 else { return 0 }
    // Whatever NaN it was.
    for row in 0..<count where numbers[row].isNaN { numbers[row] = .nan }
    return missing
  }

  /// Whether a number is one of those that mean "missing", which ascend.
  private func isSentinel(_ number: Double) -> Bool {
    var (low, high) = (0, plan.sentinels.count)
    while low < high {
      let middle = low + (high - low) / 2
      if plan.sentinels[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < plan.sentinels.count && plan.sentinels[low] == number
  }
}
