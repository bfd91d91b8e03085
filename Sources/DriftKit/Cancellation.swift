internal import Synchronization

/// Tells a thread that the task it works for is cancelled.
final class Cancellation: Sendable {
  private let isRequested = Atomic<Bool>(false)

  func request() { isRequested.store(true, ordering: .relaxed) }

  func check() throws {
    if isRequested.load(ordering: .relaxed) { throw CancellationError() }
  }
}
