/// Takes a table as it is read: its columns, the rows of one chunk after the other, the end.
///
/// `profile` does the work that needs no order, on any thread; `collect` puts its results together,
/// one batch at a time and in the order of the rows. How rows are cut into batches depends on the
/// chunk size, never on the number of threads.
package protocol TableConsumer: Sendable {
  /// What is found out about one batch.
  associatedtype Partial: Sendable
  /// What takes the levels of columns of text.
  associatedtype Categories: CategoryConsumer

  /// What takes the levels: it is complete when `finish` is called.
  var categories: Categories { get set }

  /// Takes the columns that are read, before the first row.
  ///
  /// - Parameter columns: The columns of the table, without those that are skipped. One that is
  ///   `automatic` may turn out to be text after rows that had numbers for it.
  mutating func begin(_ columns: [RequestedColumn])

  /// Looks at a batch. Called on several threads at once and in any order, on the consumer as
  /// `begin` left it: nothing that `collect` changed is visible here.
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
  /// the consumer as `begin` left it.
  func catchUp()

  /// Takes what was counted, when all rows were read.
  mutating func finish(_ counts: TableCounts)
}

extension TableConsumer {
  package func catchUp() {}
}
