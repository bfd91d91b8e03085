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
  /// - Parameters:
  ///   - buffer: Gets its bytes, at the front.
  ///   - file: The file that the caller's last chunk was from.
  /// - Returns: The chunk; nil when there is none.
  /// - Throws: `CSVError` when the input is not what it was, or cannot be read.
  func take(
    into buffer: ChunkBuffer, _ file: inout OpenFile?
  ) throws(CSVError) -> CountedChunk? {
    let record = try state.withLock { (state) throws(CSVError) -> CountedChunk? in
      guard state.next < records.count else { return nil }
      let record = records[state.next]
      state.next += 1
      if record.chunk.isCompressed && record.retained == nil {
        try decompress(record.chunk, into: buffer, &state)
      }
      return record
    }
    guard let record else { return nil }
    let chunk = record.chunk
    buffer.reserve(chunk.count, keeping: 0)
    let space = UnsafeMutableRawBufferPointer(start: buffer.bytes, count: chunk.count)
    if let retained = record.retained {
      space.copyBytes(from: retained)
    } else if chunk.isCompressed {
      return record
    } else if case .bytes(let bytes, _) = inputs[chunk.input] {
      space.copyBytes(from: bytes[chunk.byteOffset..<chunk.byteOffset + chunk.count])
    } else {
      try load(chunk, into: space, &file)
    }
    return record
  }

  private func load(
    _ chunk: Chunk, into space: UnsafeMutableRawBufferPointer, _ file: inout OpenFile?
  ) throws(CSVError) {
    if file?.input != chunk.input { file = nil }
    let source: OpenFile
    if let file {
      source = file
    } else {
      source = try OpenFile(inputs[chunk.input].name, chunk.input, identities[chunk.input])
    }
    file = source
    try source.read(into: space, at: chunk.byteOffset)
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
      guard try state.source.skip(to: chunk.byteOffset, using: space) else {
        throw CSVError.changed(name)
      }
      var filled = 0
      while filled < chunk.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: space[filled..<chunk.count])
        let count = try state.source.read(into: rest)
        guard count > 0 else { throw CSVError.changed(name) }
        filled += count
      }
    } catch {
      state.failure = error
      throw error
    }
  }
}
