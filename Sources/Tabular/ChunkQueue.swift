internal import Synchronization

/// Hands out the chunks that are read again, in their order.
///
/// Each thread gets the bytes of its chunks by itself, except where they are compressed: such an
/// input is decompressed again from its beginning, by whoever takes a chunk.
final class ChunkQueue: Sendable {
  private struct State: ~Copyable {
    var next = 0
    /// The compressed input that is being read.
    var input = -1
    var source = ByteSource(name: "", memory: [])
    var failure: CSVError?
  }

  private let records: [CountedChunk]
  private let inputs: [TableInput]
  private let formats: FormatRegistry
  private let identities: [FileIdentity?]
  private let state = Mutex(State())

  init(
    _ records: [CountedChunk], inputs: [TableInput], formats: FormatRegistry,
    identities: [FileIdentity?]
  ) {
    self.records = records
    self.inputs = inputs
    self.formats = formats
    self.identities = identities
  }

  /// Takes the next chunk.
  ///
  /// - Parameter parser: Gets its bytes, at the front of its buffer.
  /// - Returns: The chunk; nil when there is none.
  /// - Throws: `CSVError` when the input is not what it was, or cannot be read.
  func take(by parser: ChunkParser) throws(CSVError) -> CountedChunk? {
    let record = try state.withLock { (state) throws(CSVError) -> CountedChunk? in
      guard state.next < records.count else { return nil }
      let record = records[state.next]
      state.next += 1
      if record.chunk.isCompressed && record.retained == nil {
        try decompress(record.chunk, into: parser.buffer, &state)
      }
      return record
    }
    guard let record else { return nil }
    let chunk = record.chunk
    parser.buffer.reserve(chunk.count, keeping: 0)
    let space = UnsafeMutableRawBufferPointer(start: parser.buffer.bytes, count: chunk.count)
    if let retained = record.retained {
      space.copyBytes(from: retained)
    } else if !chunk.isCompressed {
      try parser.load(space, at: chunk.byteOffset, of: chunk, identities[chunk.input])
    }
    return record
  }

  private func decompress(
    _ chunk: Chunk, into buffer: ChunkBuffer, _ state: inout State
  ) throws(CSVError) {
    if let failure = state.failure { throw failure }
    do throws(CSVError) {
      let name = inputs[chunk.input].name
      if state.input != chunk.input {
        state.input = chunk.input
        var opened = try formats.open(inputs[chunk.input].reopened)
        state.source = opened.source.moved()
        guard state.source.identity == identities[chunk.input] else {
          throw CSVError.changed(name)
        }
      }
      buffer.reserve(max(chunk.count, 64 << 10), keeping: 0)
      let space = UnsafeMutableRawBufferPointer(start: buffer.bytes, count: buffer.capacity)
      guard try state.source.skip(to: chunk.byteOffset, using: space),
        try state.source.fill(.init(rebasing: space[..<chunk.count])) == chunk.count
      else { throw CSVError.changed(name) }
    } catch {
      state.failure = error
      throw error
    }
  }
}
