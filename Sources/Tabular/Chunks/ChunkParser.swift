internal import CInstructionSets
internal import CTextKernels
internal import Checked

/// Reads chunks into numbers and tallies: what all formats have in common. Each thread has its own.
///
/// Unchecked: made, used and given up by one thread.
final class ChunkParser: @unchecked Sendable {
  let plan: ColumnPlan
  let options: CSVOptions
  let inputs: [TableInput]
  /// The byte between two cells of the chunk.
  private(set) var delimiter: UInt8
  let buffer = ChunkBuffer()

  /// Which columns of the table are taken as text.
  let isText: [Bool]
  /// How many texts that are no numbers are kept of each column.
  private let textLimit: Int
  /// The levels of the text columns, by place in the table.
  var tallies: [LevelTally]
  /// The run of chunks that these are of, and how many of its chunks, where levels are handed on.
  private var run = (number: 0, chunks: 0)

  /// The numbers of the chunk: those of a column are `stride` behind those of the last.
  private(set) var values = Scratch<Double>()
  private(set) var stride = 0

  var positions = Scratch<UInt32>()
  var firstSeparators = Scratch<UInt32>()
  var oddCells = Scratch<drift_odd_cell>()
  /// The columns that are converted, and their places in the table.
  var numberColumns: [drift_number_column] = []
  var numberPlaces: [Int] = []
  var textScratch: [UInt8] = []
  /// The file that bytes were loaded from.
  private var file: OpenFile?

  init(_ plan: ColumnPlan, options: CSVOptions, inputs: [TableInput]) {
    self.plan = plan
    self.options = options
    delimiter = options.delimiter
    self.inputs = inputs
    isText = plan.columns.map(\.isText)
    textLimit = plan.textLimit
    tallies = plan.columns.map { _ in LevelTally() }
  }

  /// Says which run the next chunk is of. What was counted in another one is handed over.
  func begin(run number: Int, of runs: CategoryRuns<some CategoryConsumer>) {
    if number != run.number {
      handOver(to: runs)
      run.number = number
    }
    run.chunks += 1
  }

  /// Hands over what was counted, and begins anew.
  func handOver(to runs: CategoryRuns<some CategoryConsumer>) {
    guard run.chunks > 0 else { return }
    runs.take(tallies, chunks: run.chunks, ofRun: run.number)
    run.chunks = 0
    tallies = plan.columns.map { _ in LevelTally() }
  }

  /// Reads a chunk. Its numbers are in `batch` until the next one is read.
  func read(_ chunk: Chunk) -> ChunkOutcome {
    take(chunk.dialect)
    var outcome = ChunkOutcome(chunk: chunk)
    outcome.columns = isText.map { ChunkOutcome.Column(isText: $0) }
    guard let content = chunk.content else {
      outcome.failure = chunk.failure
      return outcome
    }
    do throws(ChunkFailure) {
      try content.parse(chunk, by: self, into: &outcome)
    } catch {
      outcome.failure = error
    }
    if chunk.isReadOnce && outcome.failure == nil && outcome.mayBeText(plan) {
      let bytes = UnsafeBufferPointer(start: buffer.bytes + chunk.start, count: chunk.count)
      outcome.retained = Array(bytes)
    }
    return outcome
  }

  /// Goes on with text that is written so.
  func take(_ dialect: TextDialect?) { delimiter = dialect?.delimiter ?? options.delimiter }

  /// Gets bytes of a chunk's input from any place of it.
  ///
  /// - Throws: `CSVError` when it is not the file that it was, or cannot be read.
  func load(
    _ space: UnsafeMutableRawBufferPointer, at offset: Int, of chunk: Chunk,
    _ identity: FileIdentity?
  ) throws(CSVError) {
    let input = inputs[chunk.input]
    if case .bytes(let bytes, let name) = input {
      guard offset + space.count <= bytes.count else { throw CSVError.changed(name) }
      space.copyBytes(from: bytes[offset..<offset + space.count])
      return
    }
    if file?.input != chunk.input { file = nil }
    let source: OpenFile
    if let file { source = file } else { source = try OpenFile(input.name, chunk.input, identity) }
    file = source
    try source.read(into: space, at: offset)
  }

  /// The rows of the last chunk.
  func batch(_ rowCount: Int) -> RowBatch {
    RowBatch(
      rowCount: rowCount, values: values.base, stride: stride,
      places: isText.enumerated().map { $0.element ? -1 : $0.offset })
  }

  /// Makes room for the numbers of so many rows.
  func reserveValues(_ rowCount: Int) {
    // An odd number of cache lines, so that columns do not fall on the same lines of the cache.
    stride = ((rowCount + 7) / 8 | 1) * 8
    values.reserve(stride * max(plan.columns.count, 1))
  }

  /// Takes a cell that may be missing or no number, or no time; `line` is that of the cell.
  func takeValue(
    _ text: UnsafeBufferPointer<UInt8>, place: Int, row: Int, _ outcome: inout ChunkOutcome,
    line: () -> Int
  ) {
    let target = values.base + (place * stride + row)
    target.pointee = .nan
    if plan.missingValues.contains(text) {
      outcome.columns[place].missing += 1
      return
    }
    let isTime = plan.columns[place].isTime
    let value = isTime ? ISO8601.parse(text)?.seconds ?? .nan : options.numbers.parse(text)
    guard value.isNaN else {
      target.pointee = value
      return
    }
    takeInvalid(text, place: place, &outcome, line: line)
  }

  /// Counts a cell that is not of the kind of its column.
  private func takeInvalid(
    _ text: UnsafeBufferPointer<UInt8>, place: Int, _ outcome: inout ChunkOutcome, line: () -> Int
  ) {
    let file = inputs[outcome.chunk.input].name
    outcome.columns[place].unparseable += 1
    if plan.columns[place].isGuess {
      var kinds = CellKinds()
      kinds.count(text, numbers: options.numbers)
      outcome.columns[place].others += plan.columns[place].isTime ? kinds.numbers : kinds.times
    }
    outcome.columns[place].texts.add(text, limit: textLimit, file: file, line: line)
    if outcome.columns[place].examples.count < NumberColumn.maximumExamples {
      outcome.columns[place].examples.append(
        .init(
          file: file, line: line(),
          text: ByteString(Array(text.prefix(NumberColumn.maximumExampleBytes)))))
    }
  }
}

extension ChunkOutcome {
  /// Whether numbers in it may have to be read again as text.
  func mayBeText(_ plan: ColumnPlan) -> Bool {
    columns.indices.contains { needsAnotherLook($0, plan) }
  }

  /// Whether a column has numbers here that would have to be read again if it were text.
  func needsAnotherLook(_ place: Int, _ plan: ColumnPlan) -> Bool {
    plan.columns[place].mayBecomeText && columns[place].missing < rowCount
  }
}
