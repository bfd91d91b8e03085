internal import Synchronization

/// What is to be done with the values of each column while its rows are read.
///
/// Batches learn it sooner or later, as threads happen to run: what they do for nothing is not looked
/// at, and what they left out is made up for when their turn comes.
final class ColumnPhases: Sendable {
  private let phases: Mutex<[NumberDistribution.Phase]>

  init(count: Int) { phases = Mutex(Array(repeating: .counting, count: count)) }

  var value: [NumberDistribution.Phase] { phases.withLock { $0 } }

  func note(_ column: Int, _ phase: NumberDistribution.Phase) {
    phases.withLock { phases in
      if phases[column] != phase { phases[column] = phase }
    }
  }
}
