internal import Synchronization

/// The numbers of a column that wait to be added to its sketch, in the order of the rows.
///
/// A sketch takes its values one after the other. So that the columns need not wait for each other,
/// rows are handed in batch by batch, and whoever has time adds what has come by then.
final class SketchBacklog: Sendable {
  private struct State {
    var sketch: QuantileSketch?
    /// What is being added; its memory is used again.
    var rows: [Double] = []
  }

  private let waiting = Mutex<[Double]>([])
  private let state = Mutex(State())

  init() {}

  /// Continues a sketch.
  func begin(_ sketch: QuantileSketch) { state.withLock { $0.sketch = sketch } }

  /// Hands in rows; in their order, by one thread at a time.
  func append(_ rows: UnsafeBufferPointer<Double>) {
    waiting.withLock { $0.append(contentsOf: rows) }
  }

  /// Adds what has come, unless somebody else is about it: then it waits for the next call, as long as
  /// it is not much.
  func catchUp() {
    guard state.withLockIfAvailable({ add(to: &$0) }) == nil else { return }
    if waiting.withLock({ $0.count }) > Self.most { state.withLock { add(to: &$0) } }
  }

  /// Values that may wait.
  private static let most = 1 << 14

  /// Only with the sketch at hand: what came first is added first.
  private func add(to state: inout State) {
    guard state.sketch != nil else { return }
    waiting.withLock { swap(&$0, &state.rows) }
    state.rows.withUnsafeBufferPointer { state.sketch?.add($0) }
    state.rows.removeAll(keepingCapacity: true)
  }

  /// The sketch of all that has come; nil when none was begun.
  var whole: QuantileSketch? {
    state.withLock { state in
      add(to: &state)
      return state.sketch
    }
  }
}
