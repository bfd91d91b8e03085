internal import Synchronization

/// What is to be done with the values of each column, and with rows that may be in the sample, while
/// rows are read.
///
/// Batches learn it sooner or later, as threads happen to run: what they do for nothing is not looked
/// at, and what they left out is made up for when their turn comes.
final class ColumnPhases: Sendable {
  private let phases: Mutex<[NumberDistribution.Phase]>
  private let limit = Mutex<UInt64?>(nil)

  init(count: Int) { phases = Mutex(Array(repeating: .counting, count: count)) }

  var value: [NumberDistribution.Phase] { phases.withLock { $0 } }

  /// The `limit` of the sample of rows, as far as it is known.
  var sampleLimit: UInt64? { limit.withLock { $0 } }

  func note(sampleLimit: UInt64?) { limit.withLock { $0 = sampleLimit } }

  func note(_ column: Int, _ phase: NumberDistribution.Phase) {
    phases.withLock { phases in
      if phases[column] != phase { phases[column] = phase }
    }
  }
}
