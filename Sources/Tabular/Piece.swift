/// Some whole records of an input, next to each other. Pieces never span inputs.
struct Piece: Sendable {
  /// Its place in the order of all pieces of all inputs, from 0.
  let number: Int
  /// Which input it is from.
  let input: Int
  /// Bytes of the input before it.
  var byteOffset = 0
  /// Where it begins in its buffer, and how many bytes it has.
  var start = 0
  var count = 0
  /// It may hold quotes.
  var hasQuotes = true
  /// The physical line it begins on, when it is the first of its input.
  var firstLine: Int?
  /// The rows, when the input is an array; its bytes are those of rows in C order.
  var array: ArrayRows?
  /// Nothing of its input follows.
  var endsInput = false
  /// Its input cannot be read a second time.
  var isReadOnce = false
  /// Its place is one in the decompressed text.
  var isCompressed = false
  /// What keeps the input from being read beyond these bytes; they hold no whole record then.
  var failure: PieceFailure?
  /// Bytes read of all inputs when it was cut.
  var bytesRead = 0
}

/// Why a piece cannot be read.
enum PieceFailure: Error {
  /// Lines count from 0 at the start of the piece.
  case inPiece(CSVError)
  /// Nothing to be added.
  case asIs(any Error)
}

/// What came of a piece.
struct PieceOutcome: Sendable {
  /// What came of one column.
  struct Column: Sendable {
    /// Its cells were taken as text.
    var isText = false
    var missing = 0
    var unparseable = 0
    /// The first few; lines count from 0 at the start of the piece.
    var examples: [NumberColumn.Unparseable] = []
  }

  let piece: Piece
  var rowCount = 0
  /// Line breaks in the piece.
  var lineCount = 0
  /// By place in the table.
  var columns: [Column] = []
  /// The numbers of each column, when they are kept; empty for text.
  var numbers: [[Double]] = []
  /// The bytes, when they may be needed again and cannot be had again.
  var retained: [UInt8]?
  var failure: PieceFailure?
}
