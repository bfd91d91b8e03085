/// One table that is open, and is cut into chunks of whole rows.
protocol TableChunker: Sendable {
  /// The names of its columns.
  var header: TableHeader { get }

  /// The physical line on which the first row begins.
  var firstLine: Int { get }

  /// Bytes of the rows that were cut and not read from the source.
  var skippedBytes: Int { get }

  /// Cuts the next rows. What is cut depends on the bytes and the chunk size only.
  ///
  /// - Parameters:
  ///   - source: Stands behind what was cut before.
  ///   - chunkSize: About how many bytes a chunk should have.
  ///   - chunk: What is known of the chunk already.
  ///   - buffer: Gets the bytes.
  /// - Returns: The chunk, with its content.
  /// - Throws: `CSVError` when nothing can be cut any more.
  mutating func take(
    _ source: inout ByteSource, chunkSize: Int, _ chunk: Chunk, into buffer: ChunkBuffer
  ) throws(CSVError) -> Chunk

  /// What a column is read as of which something is wanted: a format that knows the kinds of its
  /// columns says so, and leaves nothing automatic.
  func resolved(_ request: ColumnRequest, column: Int) -> ColumnRequest
}

extension TableChunker {
  var skippedBytes: Int { 0 }

  func resolved(_ request: ColumnRequest, column: Int) -> ColumnRequest { request }
}

/// The rows of a chunk in the form of their format.
protocol ChunkContent: Sendable {
  /// Reads the rows: numbers into the values of the parser, levels into its tallies, counts into the
  /// outcome. May be called on any thread.
  ///
  /// - Throws: What is wrong with the rows.
  func parse(
    _ chunk: Chunk, by parser: ChunkParser, into outcome: inout ChunkOutcome
  ) throws(ChunkFailure)
}
