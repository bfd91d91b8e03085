internal import Synchronization

/// Columns that are known to have many different values: counting these is of no use any more.
///
/// Batches learn it sooner or later, as threads happen to run; what they count then is not looked at.
final class VariedColumns: Sendable {
  private let columns: Mutex<[Bool]>

  init(count: Int) { columns = Mutex(Array(repeating: false, count: count)) }

  var value: [Bool] { columns.withLock { $0 } }

  func note(_ column: Int) { columns.withLock { $0[column] = true } }
}
