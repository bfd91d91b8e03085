internal import DriftKit
internal import Synchronization
internal import Tabular

/// Hands the rows of a file to the stream that profiles them.
struct ProfiledRows: RowConsumer {
  /// The stream before its first row; known when the header is read.
  final class Beginning: Sendable {
    private struct State {
      var stream: ProfileStream
      var places: [Int]
    }
    private let state: Mutex<State>

    init(_ stream: ProfileStream) { state = Mutex(State(stream: stream, places: [])) }

    var stream: ProfileStream { state.withLock { $0.stream } }

    /// The places of the numeric columns among those of the table.
    var places: [Int] { state.withLock { $0.places } }

    func set(_ stream: ProfileStream, places: [Int]) {
      state.withLock { $0 = State(stream: stream, places: places) }
    }
  }

  let beginning: Beginning
  private var collected: ProfileStream?

  init(_ empty: ProfileStream) { beginning = Beginning(empty) }

  /// What is known so far.
  var stream: ProfileStream { collected ?? beginning.stream }

  func profile(_ rows: RowBatch, firstRow: Int) -> ProfileStream.Batch {
    beginning.stream.profile(columns(of: rows), firstRow: firstRow, rowCount: rows.rowCount)
  }

  mutating func collect(_ batch: ProfileStream.Batch, _ rows: RowBatch, firstRow: Int) {
    let columns = columns(of: rows)
    if collected == nil { collected = beginning.stream }
    collected?.collect(batch, columns, rowCount: rows.rowCount)
  }

  func catchUp() { beginning.stream.catchUp() }

  private func columns(of rows: RowBatch) -> [UnsafeBufferPointer<Double>] {
    beginning.places.map(rows.numbers)
  }
}
