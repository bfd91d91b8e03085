internal import Glibc
internal import Parallel

extension CSVRun {
  /// Counts the levels of columns in pieces where they were taken for numbers.
  ///
  /// - Returns: The tallies of each thread.
  /// - Throws: `CSVError` when a file is not what it was, or what `progress` throws, which gets the
  ///   number of pieces done.
  func readAgain(
    _ records: [TableAssembly.Record], _ plan: ColumnPlan, threads: Int,
    progress: (Int) throws -> Void
  ) throws -> [[LevelTally]] {
    let identities = identities
    let states = try Workers.run(
      count: records.count, threads: threads,
      makeState: {
        Rereading(reader: PieceReader(plan, options: self.options, inputs: self.inputs))
      },
      progress: progress
    ) { state, index in
      guard state.failure == nil else { return }
      let record = records[index]
      let input = self.inputs[record.piece.input]
      let identity = identities[record.piece.input]
      do throws(CSVError) {
        try state.load(record, input, identity)
        guard state.reader.count(record) else { throw CSVError.changed(input.name) }
      } catch {
        state.failure = error
      }
    }
    if let failure = states.lazy.compactMap(\.failure).first { throw failure }
    return states.map(\.reader.tallies)
  }
}

/// One thread that reads pieces again.
private struct Rereading: Sendable {
  let reader: PieceReader
  var file: OpenFile?
  var failure: CSVError?

  /// Gets the bytes of a piece.
  mutating func load(
    _ record: TableAssembly.Record, _ input: CSVInput, _ identity: FileIdentity?
  ) throws(CSVError) {
    let piece = record.piece
    let buffer = reader.buffer
    buffer.reserve(piece.count, keeping: 0)
    let space = UnsafeMutableRawBufferPointer(start: buffer.bytes, count: piece.count)
    if let retained = record.retained {
      space.copyBytes(from: retained)
      return
    }
    if case .bytes(let bytes, _) = input {
      space.copyBytes(from: bytes[piece.byteOffset..<piece.byteOffset + piece.count])
      return
    }
    if file?.input != piece.input { file = nil }
    let source: OpenFile
    if let file { source = file } else { source = try OpenFile(input.name, piece.input, identity) }
    file = source
    try source.read(into: space, at: piece.byteOffset)
  }
}

/// A file that was opened again.
private final class OpenFile: Sendable {
  let input: Int
  private let name: String
  private let descriptor: Int32

  init(_ name: String, _ input: Int, _ identity: FileIdentity?) throws(CSVError) {
    self.name = name
    self.input = input
    descriptor = try ByteSource.open(name)
    guard let identity, try FileIdentity(descriptor: descriptor, name: name) == identity else {
      throw CSVError.changed(name)
    }
  }

  deinit {
    _ = close(descriptor)
  }

  func read(into space: UnsafeMutableRawBufferPointer, at offset: Int) throws(CSVError) {
    var filled = 0
    while filled < space.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: space[filled...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
      if count > 0 {
        filled += count
      } else if count == 0 {
        throw CSVError.changed(name)
      } else if errno != EINTR {
        throw CSVError.reading(name, errno: errno, byteOffset: offset + filled)
      }
    }
  }
}

extension PieceReader {
  /// Counts the levels of a record's columns. False when its rows are not those of the first time.
  fileprivate func count(_ record: TableAssembly.Record) -> Bool {
    var piece = record.piece
    piece.start = 0
    if let layout = layOut(piece) {
      guard layout.rowCount == record.rowCount else { return false }
      for place in record.numeric { tally(layout, place) }
      return true
    }
    var row = 0
    let lines = try? scan(piece) { cells in
      for place in record.numeric {
        let text = cells[plan.columns[place].index]
        // Missing cells were counted the first time.
        if !plan.missingValues.contains(text) { tallies[place].add(text) }
      }
      row += 1
    }
    return lines != nil && row == record.rowCount
  }
}
