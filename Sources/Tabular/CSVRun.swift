internal import Checked
internal import Parallel
internal import Synchronization

/// One call of `CSVReader`: the pieces and the threads that read them.
final class CSVRun: Sendable {
  private struct State: ~Copyable {
    var cutter: PieceCutter
    /// Which columns of the table are text as far as is known, and how often that has changed.
    var isText: [Bool] = []
    var changes = 0
    /// What ended readers have counted.
    var tallies: [[LevelTally]] = []
  }

  let options: CSVOptions
  let inputs: [CSVInput]
  /// Where levels go while pieces are read; nil to keep them until the end.
  private let runs: LevelRuns?
  private let state: Mutex<State>

  init(options: CSVOptions, inputs: [CSVInput], levels: LevelTaker? = nil) {
    self.options = options
    self.inputs = inputs
    runs = levels.map { LevelRuns($0) }
    state = Mutex(State(cutter: PieceCutter(options: options, inputs: inputs)))
  }

  /// Bytes there are to read; nil when an input's size is not known. Looks at every input before
  /// the first is read: a wrong path should not cost minutes.
  static func size(of inputs: [CSVInput]) throws(CSVError) -> Int? {
    guard !inputs.isEmpty else {
      throw CSVError(.empty, file: "input", "there is none; give a CSV file")
    }
    var total: Int? = 0
    for input in inputs {
      let size: Int? =
        switch input {
        case .bytes(let bytes, _): bytes.count
        case .stream: nil
        case .file(let path): try FileIdentity(path: path)?.size
        }
      total = total.flatMap { total in size.map { total.addingSaturated($0) } }
    }
    return total
  }

  /// Reads the header of the first input.
  func open(
    arrayNames: (Int) throws -> [String]?, plan: ([String]) throws -> [ColumnRequest],
    progress: (Int) throws -> Void
  ) throws -> ColumnPlan {
    let (names, isArrays) = try state.withLock { state in
      try state.cutter.openInput(arrayNames: arrayNames, progress)
      return (state.cutter.header?.names ?? [], state.cutter.isArrays == true)
    }
    // What is in an array are numbers.
    let requests = try plan(names).map { isArrays && $0 == .automatic ? .numeric : $0 }
    guard requests.count == names.count else {
      throw CSVError(
        .planMismatch, file: inputs[0].name,
        "\(Excerpt.count(requests.count, "column request")) for "
          + "\(Excerpt.count(names.count, "column")); this is a bug")
    }
    let plan = ColumnPlan(
      names: names, requests: requests, missingValues: options.missingValues)
    state.withLock { $0.isText = plan.columns.map { $0.request == .text } }
    return plan
  }

  /// A plan without automatic columns: such a one is text when it has a cell that is no number in
  /// the first piece, else numeric.
  func decided(_ plan: ColumnPlan) -> ColumnPlan {
    guard plan.hasAutomatic else { return plan }
    let reader = PieceReader(plan, options: options, inputs: inputs)
    let buffer = reader.buffer
    if let piece = state.withLock({ $0.cutter.look(into: buffer) }) { _ = reader.read(piece) }
    let decided = plan.deciding { reader.isText[$0] ? .text : .numeric }
    state.withLock { $0.isText = decided.columns.map { $0.request == .text } }
    return decided
  }

  /// Reads all pieces into a sink.
  ///
  /// - Throws: What `progress` throws; it gets the bytes read, on the caller's thread.
  func readPieces(
    _ plan: ColumnPlan, threads: Int, into sink: some PieceSink, progress: (Int) throws -> Void
  ) throws {
    try Workers.team(helpers: threads - 1) {
      let reader = PieceReader(plan, options: self.options, inputs: self.inputs)
      var changes = 0
      while self.readPiece(reader, &changes, into: sink) != nil {}
      self.end(reader)
    } lead: {
      let reader = PieceReader(plan, options: options, inputs: inputs)
      var changes = 0
      do {
        while let bytesRead = readPiece(reader, &changes, into: sink) { try progress(bytesRead) }
      } catch {
        state.withLock { $0.cutter.stop() }
        throw error
      }
      end(reader)
    }
    runs?.finish()
  }

  /// Reads the next piece. Gives the bytes read so far, nil when there is no piece.
  private func readPiece(
    _ reader: PieceReader, _ changes: inout Int, into sink: some PieceSink
  ) -> Int? {
    let found = reader.foundText
    let known = changes
    let buffer = reader.buffer
    let (piece, isText, newChanges) = state.withLock { state in
      for place in found where !state.isText[place] {
        state.isText[place] = true
        state.changes += 1
      }
      let piece = state.cutter.take(into: buffer)
      return (piece, state.changes == known ? nil : state.isText, state.changes)
    }
    if let isText { reader.learn(isText) }
    changes = newChanges
    guard let piece else { return nil }
    if let runs { reader.begin(run: runs.run(ofPiece: piece.number), of: runs) }
    let outcome = reader.read(piece)
    // Whoever took the pieces before still brings them; none behind is needed.
    if outcome.failure != nil { state.withLock { $0.cutter.stop() } }
    sink.take(outcome, reader.batch(outcome.rowCount))
    return piece.bytesRead
  }

  private func end(_ reader: PieceReader) {
    if let runs { return reader.handOver(to: runs) }
    let tallies = reader.tallies
    state.withLock { $0.tallies.append(tallies) }
  }

  /// What the readers have counted, to be added up by column.
  var tallies: [[LevelTally]] { state.withLock { $0.tallies } }

  /// Bytes in a piece.
  var chunkSize: Int { state.withLock { $0.cutter.chunkSize } }

  /// Whether an input that was opened is compressed: its size says little about the work.
  var hasCompressed: Bool { state.withLock { $0.cutter.hasCompressed } }

  /// What to say of a piece that cannot be read: that its file has changed, or is damaged, comes
  /// before what it leads to, but nothing comes before what the system has said.
  func explained(_ failure: any Error, of piece: Piece) -> any Error {
    guard let failure = failure as? CSVError, failure.code != .ioError,
      failure.code != .inputChanged
    else { return failure }
    return state.withLock { state in
      state.cutter.change(inInput: piece.input)
        ?? state.cutter.damage(inInput: piece.input, behind: piece.byteOffset)
    } ?? failure
  }

  /// Refuses what was read of files that are no longer what they were when they were opened.
  ///
  /// - Throws: `CSVError`.
  func requireUnchanged() throws(CSVError) {
    for input in identities.indices {
      if let error = state.withLock({ $0.cutter.change(inInput: input) }) { throw error }
    }
  }

  /// Which file each input was.
  var identities: [FileIdentity?] { state.withLock { $0.cutter.identities } }
}
