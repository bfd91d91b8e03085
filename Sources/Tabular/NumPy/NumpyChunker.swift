/// Cuts an array into chunks.
struct NumpyChunker: TableChunker {
  let array: NumpyArray
  let header: TableHeader
  let firstLine = 1
  private var nextRow = 0

  /// Opens an array, which has to have as many columns as the first partition.
  static func open(
    _ source: inout ByteSource, _ first: TableHeader?, _ options: CSVOptions,
    _ progress: (Int) throws -> Void
  ) throws -> any TableChunker {
    let array = try NumpyArray(&source, options: options)
    try first?.checkMatch(columnCount: array.columnCount, file: source.name)
    return NumpyChunker(
      array: array, header: first ?? TableHeader(columnCount: array.columnCount, file: source.name))
  }

  private init(array: NumpyArray, header: TableHeader) {
    self.array = array
    self.header = header
  }

  var skippedBytes: Int { array.isColumnMajor ? nextRow * array.rowBytes : 0 }

  /// What is in an array are numbers.
  func resolved(_ request: ColumnRequest, column: Int) -> ColumnRequest {
    request == .automatic ? .numeric : request
  }

  /// Cuts the next rows. Those of a file in Fortran order are left to the parser of the chunk.
  mutating func take(
    _ source: inout ByteSource, chunkSize: Int, _ chunk: Chunk, into buffer: ChunkBuffer
  ) throws(CSVError) -> Chunk {
    let limit = max(1, chunkSize / (array.columnCount * MemoryLayout<Double>.size))
    let rowCount = min(limit, array.rowCount - nextRow)
    var chunk = chunk
    chunk.content = NumpyRows(
      array: array, firstRow: nextRow, rowCount: rowCount, identity: source.identity)
    chunk.byteOffset = source.byteOffset
    nextRow += rowCount
    chunk.endsInput = nextRow == array.rowCount
    if array.isColumnMajor { return chunk }
    chunk.count = rowCount * array.rowBytes
    // One byte more than there should be, at the end.
    let wanted = chunk.count + (chunk.endsInput ? 1 : 0)
    buffer.reserve(wanted, keeping: 0)
    let filled = try source.fill(
      UnsafeMutableRawBufferPointer(start: buffer.bytes, count: wanted))
    if filled < chunk.count { throw array.cutOff(source.name, after: source.byteOffset) }
    if filled > chunk.count { throw array.followed(source.name) }
    return chunk
  }
}

extension TableHeader {
  /// Checks that another partition, an array, has as many columns.
  fileprivate func checkMatch(columnCount: Int, file other: String) throws(CSVError) {
    guard columnCount != names.count else { return }
    throw CSVError(
      .headerMismatch, file: other,
      "the array has \(Excerpt.count(columnCount, "column")), but \(names.count) in "
        + "\(Excerpt.escaped(file)); all partitions of a table need the same columns")
  }
}
