internal import CTextKernels

extension ChunkParser {
  /// Notes where a chunk is not UTF-8.
  func checkEncoding(of chunk: Chunk, _ outcome: inout ChunkOutcome) {
    let text = buffer.bytes + chunk.start
    let place = drift_first_not_utf8(text, chunk.count)
    guard place < chunk.count else { return }
    outcome.invalidText = InvalidText(
      file: inputs[chunk.input].name, line: drift_count_lines(text, place), byte: text[place])
  }
}
