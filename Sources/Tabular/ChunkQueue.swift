internal import Synchronization

/// Hands out the chunks that are read again, in their order.
///
/// Each thread gets the bytes of its chunks by itself, except where they are compressed, or made of the
/// input otherwise: such an input is read again from its beginning, by whoever takes a chunk.
final class ChunkQueue: Sendable {
  private struct State: ~Copyable {
    var next = 0
    /// The input that is being read whose content is made of it.
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
      if record.chunk.isDerived && record.retained == nil {
        try derive(record.chunk, into: parser.buffer, &state)
      }
      return record
    }
    guard let record else { return nil }
    let chunk = record.chunk
    parser.buffer.reserve(chunk.count, keeping: 0)
    let space = UnsafeMutableRawBufferPointer(start: parser.buffer.bytes, count: chunk.count)
    if let retained = record.retained {
      space.copyBytes(from: retained)
    } else if !chunk.isDerived {
      try parser.load(space, at: chunk.byteOffset, of: chunk, identities[chunk.input])
    }
    return record
  }

  private func derive(
    _ chunk: Chunk, into buffer: ChunkBuffer, _ state: inout State
  ) throws(CSVError) {
    if let failure = state.failure { throw failure }
    do throws(CSVError) {
      let name = inputs[chunk.input].name
      var isBegun = true
      if state.input != chunk.input {
        state.input = chunk.input
        var opened = try formats.open(inputs[chunk.input].reopened)
        state.source = opened.source.moved()
        guard state.source.identity == identities[chunk.input] else {
          throw CSVError.changed(name)
        }
        isBegun = false
      }
      buffer.reserve(max(chunk.count, 64 << 10), keeping: 0)
      let space = UnsafeMutableRawBufferPointer(start: buffer.bytes, count: buffer.capacity)
      if !isBegun { try chunk.dialect?.begin(&state.source, using: space) }
      guard try state.source.skip(to: chunk.byteOffset, using: space),
        try state.source.fill(.init(rebasing: space[..<chunk.count])) == chunk.count
      else { throw CSVError.changed(name) }
    } catch {
      state.failure = error
      throw error
    }
  }
}
