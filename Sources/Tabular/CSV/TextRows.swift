/// Rows of CSV text: the bytes of their chunk.
///
/// Most chunks are read by the kernels. One with anything out of the ordinary (a CR alone, blanks
/// outside of quotes, a row of another length, text that CSV does not allow) is read by
/// `CSVScanner`, which also says what is wrong with it.
struct TextRows: ChunkContent {
  func parse(
    _ chunk: Chunk, by parser: ChunkParser, into outcome: inout ChunkOutcome
  ) throws(ChunkFailure) {
    guard chunk.count > 0 || chunk.failure != nil else { return }
    if try !parser.parseByKernels(chunk, &outcome) {
      try parser.parseByScanner(chunk, &outcome)
    }
  }
}
