internal import CTextKernels

/// Cuts CSV text into chunks of whole records.
///
/// What is cut depends on the bytes and the chunk size only: a chunk is filled whole, however little
/// a read gives.
struct TextChunker: TableChunker {
  let options: CSVOptions
  let header: TableHeader
  let firstLine: Int
  private let dialect: TextDialect

  /// Bytes that were read from the source and belong to the next chunk.
  private var rest: [UInt8] = []
  /// Bytes of the text before those.
  private var offset = 0
  /// The last chunk, or the header, ended with a CR: an LF that follows belongs to it.
  private var followsCarriageReturn = false
  /// Why the source cannot be read on, until the chunks before are cut.
  private var failure: CSVError?

  /// Goes on behind the header that a scanner has read.
  init(
    _ header: TableHeader, _ dialect: TextDialect, behind scanner: borrowing CSVScanner,
    options: CSVOptions
  ) {
    self.options = options
    self.dialect = dialect
    self.header = header
    firstLine = scanner.line
    goOn(behind: scanner)
  }

  private mutating func goOn(behind scanner: borrowing CSVScanner) {
    offset = scanner.bufferOffset + scanner.position
    followsCarriageReturn = scanner.followsCarriageReturn
    keep(scanner.rest)
  }

  private mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>) {
    rest.removeAll(keepingCapacity: true)
    rest.append(contentsOf: bytes)
  }

  mutating func take(
    _ source: inout ByteSource, chunkSize: Int, _ chunk: Chunk, into buffer: ChunkBuffer
  ) -> Chunk {
    var chunk = chunk
    chunk.content = TextRows()
    chunk.dialect = dialect
    buffer.reserve(max(chunkSize, rest.count), keeping: 0)
    rest.withUnsafeBufferPointer { rest in
      if let first = rest.baseAddress { buffer.bytes.update(from: first, count: rest.count) }
    }
    var filled = rest.count
    var wanted = chunkSize
    var found = drift_record_cut()
    let limit = min(options.maximumCellBytes, options.maximumRecordBytes)
    while true {
      let isAtEnd = fill(buffer, &filled, upTo: wanted, from: &source)
      // The second half of a line break that the last chunk ended with.
      if followsCarriageReturn && filled > 0 {
        followsCarriageReturn = false
        chunk.start = buffer.bytes[0] == UInt8(ascii: "\n") ? 1 : 0
      }
      let text = UnsafePointer(buffer.bytes + chunk.start)
      let count = filled - chunk.start
      drift_cut_records(text, count, options.delimiter, &found)
      chunk.byteOffset = offset + chunk.start
      chunk.hasQuotes = found.has_quotes
      if isAtEnd {
        chunk.count = count
        chunk.endsInput = true
        return chunk
      }
      if found.end > 0 {
        chunk.count = found.end
        keep(UnsafeBufferPointer(start: text + found.end, count: count - found.end))
        followsCarriageReturn = text[found.end - 1] == UInt8(ascii: "\r")
        offset = chunk.byteOffset + found.end
        return chunk
      }
      if let failure {
        chunk.count = count
        chunk.failure = .asIs(failure)
        return chunk
      }
      if count > limit {
        return cutLongRecord(
          UnsafeBufferPointer(start: text, count: count), chunk, buffer, &source)
      }
      // By a part of what there is: a record of many chunks is copied a few times, not once a chunk. But
      // not far beyond the longest that is accepted.
      wanted = max(filled + chunkSize, min(filled + filled / 4, limit))
      buffer.reserve(wanted, keeping: filled)
    }
  }

  /// Reads until there are `wanted` bytes or the source fails; true when it ends.
  private mutating func fill(
    _ buffer: ChunkBuffer, _ filled: inout Int, upTo wanted: Int, from source: inout ByteSource
  ) -> Bool {
    while filled < wanted && failure == nil {
      let space = UnsafeMutableRawBufferPointer(
        start: buffer.bytes + filled, count: wanted - filled)
      do throws(CSVError) {
        let count = try source.read(into: space)
        if count == 0 { return true }
        filled += count
      } catch {
        failure = error
      }
    }
    return false
  }

  /// Lets the scanner find the end of a record that may be longer than what is accepted. No line
  /// break stands before it.
  private mutating func cutLongRecord(
    _ text: UnsafeBufferPointer<UInt8>, _ first: Chunk, _ buffer: ChunkBuffer,
    _ source: inout ByteSource
  ) -> Chunk {
    var chunk = first
    var scanner = CSVScanner(source.moved(), behind: text, line: 0, options: options)
    scanner.columnNames = header.names
    scanner.cellLimit = 0
    do throws(CSVError) {
      scan: while true {
        switch try scanner.scan() {
        case .record: break scan
        case .end: break scan
        case .starved: try scanner.refill()
        }
      }
      let record = UnsafeBufferPointer(
        start: scanner.buffer + scanner.recordStart,
        count: scanner.position - scanner.recordStart)
      chunk.start = 0
      chunk.count = record.count
      chunk.byteOffset = scanner.bufferOffset + scanner.recordStart
      chunk.hasQuotes = true
      buffer.reserve(record.count, keeping: 0)
      if let first = record.baseAddress {
        buffer.bytes.update(from: first, count: record.count)
      }
    } catch {
      chunk.count = 0
      chunk.failure = .inChunk(error)
    }
    goOn(behind: scanner)
    source = scanner.takeSource()
    return chunk
  }
}
