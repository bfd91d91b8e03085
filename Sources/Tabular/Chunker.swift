internal import Checked

/// Opens the inputs, one after the other, and cuts them into chunks of whole rows.
struct Chunker: ~Copyable {
  let options: CSVOptions
  let inputs: [TableInput]
  let formats: FormatRegistry

  /// The header of all inputs, and their format; nil before the first is opened.
  var header: TableHeader?
  var format: TableFormat?
  /// Bytes in a chunk.
  var chunkSize: Int
  /// Which file each input was that has been opened; nil for what cannot be opened again.
  var identities: [FileIdentity?] = []
  /// Some input so far was compressed.
  var hasCompressed = false

  /// The input that is open, and the table in it.
  var source = ByteSource(name: "", memory: [])
  var table: (any TableChunker)?

  /// The line the next chunk begins on, when it is the first of its input.
  var firstLine: Int?
  var bytesReadBefore = 0
  private var chunkCount = 0
  private var isStopped = false
  /// A chunk that was looked at before its turn, and its bytes.
  private var early: (chunk: Chunk, bytes: [UInt8])?

  init(options: CSVOptions, inputs: [TableInput], formats: FormatRegistry) {
    self.options = options.bounded
    self.inputs = inputs
    self.formats = formats
    chunkSize = self.options.chunkSize
  }

  /// Bytes read of all inputs, as they are stored.
  var bytesRead: Int {
    bytesReadBefore.addingSaturated(source.bytesRead.addingSaturated(table?.skippedBytes ?? 0))
  }

  /// No chunk is cut any more.
  mutating func stop() {
    isStopped = true
    early = nil
  }

  /// The next chunk, which is cut once more when its turn comes; nil when there is none.
  mutating func look(into buffer: ChunkBuffer) -> Chunk? {
    guard early == nil, let chunk = take(into: buffer) else { return nil }
    let bytes = UnsafeBufferPointer(start: buffer.bytes, count: chunk.start + chunk.count)
    early = (chunk, Array(bytes))
    return chunk
  }

  /// Cuts the next chunk; nil when there is none. What goes wrong is a chunk of its own.
  mutating func take(into buffer: ChunkBuffer) -> Chunk? {
    if let (chunk, bytes) = early {
      early = nil
      buffer.reserve(bytes.count, keeping: 0)
      bytes.withUnsafeBufferPointer { bytes in
        if let first = bytes.baseAddress { buffer.bytes.update(from: first, count: bytes.count) }
      }
      return chunk
    }
    guard !isStopped else { return nil }
    do {
      if table == nil {
        guard identities.count < inputs.count else { return nil }
        try openInput()
      }
      var chunk = nextChunk()
      chunk.isDerived = source.isDerived
      if case .bytes = inputs[chunk.input] {
      } else {
        chunk.isReadOnce = identities[chunk.input] == nil
      }
      return try (table?.take(&source, chunkSize: chunkSize, chunk, into: buffer)).map {
        finish($0)
      }
    } catch {
      isStopped = true
      var chunk = nextChunk()
      chunk.failure = .asIs(error)
      return finish(chunk)
    }
  }

  private func nextChunk() -> Chunk {
    Chunk(number: chunkCount, input: max(identities.count - 1, 0))
  }

  private mutating func finish(_ chunk: Chunk) -> Chunk {
    var chunk = chunk
    chunk.firstLine = firstLine
    chunk.bytesRead = bytesRead
    firstLine = nil
    chunkCount += 1
    if chunk.failure != nil { isStopped = true }
    if chunk.endsInput {
      bytesReadBefore = bytesRead
      source = ByteSource(name: "", memory: [])
      table = nil
    }
    return chunk
  }
}
