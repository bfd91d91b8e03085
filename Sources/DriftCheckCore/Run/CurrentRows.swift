internal import DriftKit
internal import Synchronization
internal import Tabular

/// Hands the rows of the current file to the stream that profiles them.
struct CurrentRows: RowConsumer {
  /// Which column of the table is which feature; known when the header is read, before any row.
  final class Places: Sendable {
    private let places = Mutex<[Int?]>([])

    /// The place of each numeric feature among the columns of the table; nil where it is gone.
    var value: [Int?] { places.withLock { $0 } }

    /// Finds the features among the columns that are loaded.
    func set(columns: [String], features: [String]) {
      let known = Dictionary(
        columns.enumerated().map { (ByteString($1), $0) }, uniquingKeysWith: { first, _ in first })
      let found = features.map { known[ByteString($0)] }
      places.withLock { $0 = found }
    }
  }

  /// What is known so far.
  var stream: CurrentStream
  let places = Places()

  init(_ detector: DriftDetector) { stream = CurrentStream(detector) }

  func profile(_ rows: RowBatch, firstRow: Int) -> CurrentStream.Batch {
    stream.profile(columns(of: rows), firstRow: firstRow, rowCount: rows.rowCount)
  }

  mutating func collect(_ batch: CurrentStream.Batch, _ rows: RowBatch, firstRow: Int) {
    stream.collect(batch, columns(of: rows), rowCount: rows.rowCount)
  }

  private func columns(of rows: RowBatch) -> [UnsafeBufferPointer<Double>?] {
    places.value.map { $0.map(rows.numbers) }
  }
}
