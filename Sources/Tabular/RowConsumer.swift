/// Takes the rows of a table as they are read, so that no number has to be kept.
///
/// `profile` does the work that needs no order, on any thread; `collect` puts its results together,
/// one batch at a time and in the order of the rows. How rows are cut into batches depends on the
/// chunk size, never on the number of threads.
package protocol RowConsumer: Sendable {
  /// What is found out about one batch.
  associatedtype Partial: Sendable

  /// Looks at a batch. Called on several threads at once and in any order, on the consumer as it
  /// was handed in: nothing that `collect` changed is visible here.
  ///
  /// - Parameters:
  ///   - rows: The batch.
  ///   - firstRow: The number of rows before it, over all inputs.
  /// - Returns: What `collect` takes.
  func profile(_ rows: RowBatch, firstRow: Int) -> Partial

  /// Takes what `profile` found. Called once a batch, one at a time, in the order of the rows, not
  /// always on the same thread.
  ///
  /// - Parameters:
  ///   - partial: What `profile` gave for these rows.
  ///   - rows: The batch once more.
  ///   - firstRow: The number of rows before it, over all inputs.
  mutating func collect(_ partial: Partial, _ rows: RowBatch, firstRow: Int)

  /// Does what `collect` left for later. Called after each `collect`, on several threads at once, on
  /// the consumer as it was handed in.
  func catchUp()
}

extension RowConsumer {
  package func catchUp() {}
}

/// A few rows of a table: their numbers, one column after the other.
///
/// Valid during the call it is handed to. Unchecked: nothing writes to the numbers meanwhile.
package struct RowBatch: @unchecked Sendable {
  /// The number of rows, at least 1.
  package let rowCount: Int

  private let values: UnsafePointer<Double>
  private let stride: Int
  private let places: [Int]

  /// Rows whose column `i` begins at `values + places[i] * stride`, or has no numbers when
  /// `places[i]` is negative.
  init(rowCount: Int, values: UnsafePointer<Double>, stride: Int, places: [Int]) {
    self.rowCount = rowCount
    self.values = values
    self.stride = stride
    self.places = places
  }

  /// The numbers of a column.
  ///
  /// - Parameter column: Its place in `Table.columns`.
  /// - Returns: One number a row, NaN where a cell is missing or not a number; nothing for a column
  ///   of text.
  package func numbers(_ column: Int) -> UnsafeBufferPointer<Double> {
    guard places[column] >= 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: values + places[column] * stride, count: rowCount)
  }
}
