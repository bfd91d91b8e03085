/// Some whole records of an input, next to each other. Chunks never span inputs.
struct Chunk: Sendable {
  /// Its place in the order of all chunks of all inputs, from 0.
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
  /// The rows; nil when there are none, but a failure.
  var content: (any ChunkContent)?
  /// Nothing of its input follows.
  var endsInput = false
  /// Its input cannot be read a second time.
  var isReadOnce = false
  /// Its place is one in what was made of the input: decompressed, decoded or without comments.
  var isDerived = false
  /// How the text is written; nil for what is no text.
  var dialect: TextDialect?
  /// What keeps the input from being read beyond these bytes; they hold no whole record then.
  var failure: ChunkFailure?
  /// Bytes read of all inputs when it was cut.
  var bytesRead = 0
}

/// Why a chunk cannot be read.
enum ChunkFailure: Error {
  /// Lines count from 0 at the start of the chunk.
  case inChunk(CSVError)
  /// Nothing to be added.
  case asIs(any Error)
}

/// What came of a chunk.
struct ChunkOutcome: Sendable {
  /// What came of one column.
  struct Column: Sendable {
    /// Its cells were taken as text.
    var isText = false
    var missing = 0
    var unparseable = 0
    /// The first few; lines count from 0 at the start of the chunk.
    var examples: [NumberColumn.Unparseable] = []
    /// Their texts, with lines likewise.
    var texts = CellTexts()
    /// Dates among them, in a column of numbers, and the other way round, where its kind was guessed.
    var others = 0
  }

  let chunk: Chunk
  var rowCount = 0
  /// Line breaks in the chunk.
  var lineCount = 0
  /// By place in the table.
  var columns: [Column] = []
  /// Where the text is not UTF-8 first; lines count from 0 at the start of the chunk.
  var invalidText: InvalidText?
  /// The bytes, when they may be needed again and cannot be had again.
  var retained: [UInt8]?
  var failure: ChunkFailure?
}

/// A chunk that has to be read again for the columns that turned out to be text.
struct CountedChunk: Sendable {
  let chunk: Chunk
  let rowCount: Int
  let retained: [UInt8]?
  /// The columns, by place in the table, that were not taken for text and had some value.
  let numeric: [Int]
}
