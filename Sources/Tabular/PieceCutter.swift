internal import Checked
internal import CTextKernels

/// Reads the inputs, one after the other, and cuts them into pieces of whole records.
///
/// What is cut depends on the bytes and the chunk size only: a chunk is filled whole, however
/// little a read gives.
struct PieceCutter: ~Copyable {
  let options: CSVOptions
  let inputs: [CSVInput]

  /// The header of all inputs.
  var header: CSVHeader?
  /// Bytes in a piece.
  var chunkSize: Int
  /// Which file each input was that has been opened; nil for what cannot be opened again.
  var identities: [FileIdentity?] = []

  var source = ByteSource(name: "", memory: [])
  var isOpen = false
  /// Bytes that were read from the input and belong to the next piece.
  private var rest: [UInt8] = []
  /// Bytes of the input before those.
  private var offset = 0
  /// The last piece, or the header, ended with a CR: an LF that follows belongs to it.
  private var followsCarriageReturn = false
  /// The line the next piece begins on, when it is the first of its input.
  var firstLine: Int?
  private var pieceCount = 0
  var bytesReadBefore = 0
  /// The inputs are arrays; nil before the first is opened.
  var isArrays: Bool?
  /// The array that is being cut.
  var array: ArrayCut?
  /// Some input so far was compressed.
  var hasCompressed = false
  /// Why the input cannot be read on, until the pieces before are cut.
  private var failure: CSVError?
  private var isStopped = false
  /// A piece that was looked at before its turn, and its bytes.
  private var early: (piece: Piece, bytes: [UInt8])?
  /// The input that was found to be damaged, and before which byte of its text.
  var damaged: (input: Int, offset: Int, error: CSVError)?

  init(options: CSVOptions, inputs: [CSVInput]) {
    self.options = options.bounded
    self.inputs = inputs
    chunkSize = self.options.chunkSize
  }

  /// Bytes read of all inputs, as they are stored.
  var bytesRead: Int {
    bytesReadBefore.addingSaturated(source.bytesRead.addingSaturated(array?.skippedBytes ?? 0))
  }

  /// No piece is cut any more.
  mutating func stop() {
    isStopped = true
    early = nil
  }

  /// The next piece of text, which is cut once more when its turn comes; nil when there is none.
  mutating func look(into buffer: PieceBuffer) -> Piece? {
    guard early == nil, array == nil, let piece = take(into: buffer) else { return nil }
    let bytes = UnsafeBufferPointer(start: buffer.bytes, count: piece.start + piece.count)
    early = (piece, Array(bytes))
    return piece
  }

  /// Cuts the next piece; nil when there is none. What goes wrong is a piece of its own.
  mutating func take(into buffer: PieceBuffer) -> Piece? {
    if let (piece, bytes) = early {
      early = nil
      buffer.reserve(bytes.count, keeping: 0)
      bytes.withUnsafeBufferPointer { bytes in
        if let first = bytes.baseAddress { buffer.bytes.update(from: first, count: bytes.count) }
      }
      return piece
    }
    guard !isStopped else { return nil }
    do {
      if !isOpen {
        guard identities.count < inputs.count else { return nil }
        try openInput()
      }
      if array == nil { return finish(cut(into: buffer)) }
      let piece = nextPiece()
      return try (array?.take(&source, chunkSize: chunkSize, piece, into: buffer)).map {
        finish($0)
      }
    } catch {
      isStopped = true
      var piece = nextPiece()
      piece.failure = .asIs(error)
      return finish(piece)
    }
  }

  private func nextPiece() -> Piece {
    Piece(number: pieceCount, input: max(identities.count - 1, 0))
  }

  private mutating func finish(_ piece: Piece) -> Piece {
    var piece = piece
    piece.firstLine = firstLine
    piece.bytesRead = bytesRead
    firstLine = nil
    pieceCount += 1
    if piece.failure != nil { isStopped = true }
    if piece.endsInput {
      bytesReadBefore = bytesRead
      source = ByteSource(name: "", memory: [])
      isOpen = false
      array = nil
      rest = []
      followsCarriageReturn = false
    }
    return piece
  }

  private mutating func cut(into buffer: PieceBuffer) -> Piece {
    var piece = nextPiece()
    piece.isCompressed = source.isCompressed
    switch inputs[piece.input] {
    case .stream: piece.isReadOnce = true
    case .file: if identities[piece.input] == nil { piece.isReadOnce = true }
    case .bytes: break
    }
    buffer.reserve(max(chunkSize, rest.count), keeping: 0)
    rest.withUnsafeBufferPointer { rest in
      if let first = rest.baseAddress { buffer.bytes.update(from: first, count: rest.count) }
    }
    var filled = rest.count
    var wanted = chunkSize
    var found = drift_record_cut()
    while true {
      let isAtEnd = fill(buffer, &filled, upTo: wanted)
      if followsCarriageReturn && filled > 0 {
        followsCarriageReturn = false
        piece.start = buffer.bytes[0] == UInt8(ascii: "\n") ? 1 : 0
      }
      let text = UnsafePointer(buffer.bytes + piece.start)
      let count = filled - piece.start
      drift_cut_records(text, count, options.delimiter, &found)
      piece.byteOffset = offset + piece.start
      piece.hasQuotes = found.has_quotes
      if isAtEnd {
        piece.count = count
        piece.endsInput = true
        return piece
      }
      if found.end > 0 {
        piece.count = found.end
        keep(UnsafeBufferPointer(start: text + found.end, count: count - found.end))
        followsCarriageReturn = text[found.end - 1] == UInt8(ascii: "\r")
        offset = piece.byteOffset + found.end
        return piece
      }
      if let failure {
        piece.count = count
        piece.failure = .asIs(failure)
        return piece
      }
      let limit = min(options.maximumCellBytes, options.maximumRecordBytes)
      if count > limit {
        return cutLongRecord(UnsafeBufferPointer(start: text, count: count), piece, buffer)
      }
      // By a part of what there is: a record of many chunks is copied a few times, not once a chunk.
      wanted = max(filled + chunkSize, min(filled + filled / 4, limit))
      buffer.reserve(wanted, keeping: filled)
    }
  }

  private mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>) {
    rest.removeAll(keepingCapacity: true)
    rest.append(contentsOf: bytes)
  }

  /// Reads until there are `wanted` bytes or the input fails; true when it ends.
  private mutating func fill(
    _ buffer: PieceBuffer, _ filled: inout Int, upTo wanted: Int
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
        if error.code == .damaged {
          damaged = (identities.count - 1, source.byteOffset, error)
        }
      }
    }
    return false
  }

  /// Lets the scanner find the end of a record that may be longer than what is accepted. No line
  /// break stands before it.
  private mutating func cutLongRecord(
    _ text: UnsafeBufferPointer<UInt8>, _ first: Piece, _ buffer: PieceBuffer
  ) -> Piece {
    var piece = first
    var source = ByteSource(name: source.name, memory: [])
    swap(&source, &self.source)
    var scanner = CSVScanner(source, behind: text, line: 0, options: options)
    scanner.columnNames = header?.names ?? []
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
      piece.start = 0
      piece.count = record.count
      piece.byteOffset = scanner.bufferOffset + scanner.recordStart
      piece.hasQuotes = true
      buffer.reserve(record.count, keeping: 0)
      if let first = record.baseAddress {
        buffer.bytes.update(from: first, count: record.count)
      }
    } catch {
      piece.count = 0
      piece.failure = .inPiece(error)
    }
    takeOver(&scanner)
    return piece
  }

  /// Goes on where a scanner has stopped.
  mutating func takeOver(_ scanner: inout CSVScanner) {
    offset = scanner.bufferOffset + scanner.position
    followsCarriageReturn = scanner.followsCarriageReturn
    keep(scanner.rest)
    source = scanner.takeSource()
    isOpen = true
  }
}
