/// Cuts an array into pieces.
struct ArrayCut {
  let array: NumpyArray
  private var nextRow = 0

  init(_ array: NumpyArray) {
    self.array = array
  }

  /// Bytes of the rows that were cut and not read from the source.
  var skippedBytes: Int { array.isColumnMajor ? nextRow * array.rowBytes : 0 }

  /// Cuts the next rows. Those of a file in Fortran order are left to the reader of the piece.
  ///
  /// - Parameters:
  ///   - source: Stands before these rows.
  ///   - chunkSize: About how many bytes of doubles a piece should have.
  ///   - piece: What is known of the piece already.
  ///   - buffer: Gets the bytes.
  /// - Returns: The piece.
  /// - Throws: `CSVError` when the array is not of the size it should have.
  mutating func take(
    _ source: inout ByteSource, chunkSize: Int, _ piece: Piece, into buffer: PieceBuffer
  ) throws(CSVError) -> Piece {
    let most = max(1, chunkSize / (array.columnCount * MemoryLayout<Double>.size))
    let rowCount = min(most, array.rowCount - nextRow)
    var piece = piece
    piece.array = ArrayRows(
      array: array, firstRow: nextRow, rowCount: rowCount, identity: source.identity)
    piece.byteOffset = source.byteOffset
    nextRow += rowCount
    piece.endsInput = nextRow == array.rowCount
    if array.isColumnMajor { return piece }
    piece.count = rowCount * array.rowBytes
    // One byte more than there should be, at the end.
    let wanted = piece.count + (piece.endsInput ? 1 : 0)
    buffer.reserve(wanted, keeping: 0)
    let filled = try source.fill(
      UnsafeMutableRawBufferPointer(start: buffer.bytes, count: wanted))
    if filled < piece.count { throw array.cutOff(source.name, after: source.byteOffset) }
    if filled > piece.count { throw array.followed(source.name) }
    return piece
  }
}

/// Some rows of an array.
struct ArrayRows: Sendable {
  let array: NumpyArray
  let firstRow: Int
  let rowCount: Int
  /// Which file it is, when the reader has to get the bytes.
  let identity: FileIdentity?
}
