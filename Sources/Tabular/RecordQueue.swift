internal import Synchronization

/// Hands out the pieces that are read again, in their order.
///
/// Each thread gets the bytes of its pieces by itself, except where they are compressed: such an
/// input is decompressed again from its beginning, by whoever takes a piece.
final class RecordQueue: Sendable {
  private struct State: ~Copyable {
    var next = 0
    /// The compressed input that is being read.
    var input = -1
    var source = ByteSource(name: "", memory: [])
    var failure: CSVError?
  }

  private let records: [TableAssembly.Record]
  private let inputs: [CSVInput]
  private let identities: [FileIdentity?]
  private let state = Mutex(State())

  init(
    _ records: [TableAssembly.Record], inputs: [CSVInput], identities: [FileIdentity?]
  ) {
    self.records = records
    self.inputs = inputs
    self.identities = identities
  }

  /// Takes the next piece.
  ///
  /// - Parameters:
  ///   - buffer: Gets its bytes, at the front.
  ///   - file: The file that the caller's last piece was from.
  /// - Returns: The piece; nil when there is none.
  /// - Throws: `CSVError` when the input is not what it was, or cannot be read.
  func take(
    into buffer: PieceBuffer, _ file: inout OpenFile?
  ) throws(CSVError) -> TableAssembly.Record? {
    let record = try state.withLock { (state) throws(CSVError) -> TableAssembly.Record? in
      guard state.next < records.count else { return nil }
      let record = records[state.next]
      state.next += 1
      if record.piece.isCompressed && record.retained == nil {
        try decompress(record.piece, into: buffer, &state)
      }
      return record
    }
    guard let record else { return nil }
    let piece = record.piece
    buffer.reserve(piece.count, keeping: 0)
    let space = UnsafeMutableRawBufferPointer(start: buffer.bytes, count: piece.count)
    if let retained = record.retained {
      space.copyBytes(from: retained)
    } else if piece.isCompressed {
      return record
    } else if case .bytes(let bytes, _) = inputs[piece.input] {
      space.copyBytes(from: bytes[piece.byteOffset..<piece.byteOffset + piece.count])
    } else {
      try load(piece, into: space, &file)
    }
    return record
  }

  private func load(
    _ piece: Piece, into space: UnsafeMutableRawBufferPointer, _ file: inout OpenFile?
  ) throws(CSVError) {
    if file?.input != piece.input { file = nil }
    let source: OpenFile
    if let file {
      source = file
    } else {
      source = try OpenFile(inputs[piece.input].name, piece.input, identities[piece.input])
    }
    file = source
    try source.read(into: space, at: piece.byteOffset)
  }

  private func decompress(
    _ piece: Piece, into buffer: PieceBuffer, _ state: inout State
  ) throws(CSVError) {
    if let failure = state.failure { throw failure }
    do throws(CSVError) {
      let name = inputs[piece.input].name
      if state.input != piece.input {
        state.input = piece.input
        state.source = try ByteSource.opening(inputs[piece.input])
        guard state.source.identity == identities[piece.input] else {
          throw CSVError.changed(name)
        }
      }
      buffer.reserve(max(piece.count, 64 << 10), keeping: 0)
      let space = UnsafeMutableRawBufferPointer(start: buffer.bytes, count: buffer.capacity)
      guard try state.source.skip(to: piece.byteOffset, using: space) else {
        throw CSVError.changed(name)
      }
      var filled = 0
      while filled < piece.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: space[filled..<piece.count])
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
