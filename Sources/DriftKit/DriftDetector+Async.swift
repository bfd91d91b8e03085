internal import Parallel
public import DriftColumns
public import DriftDetection
public import DriftSummaries

extension DriftDetector {
  /// Checks current data while the caller's task is suspended.
  ///
  /// The kernel two-sample test may take minutes. The check has a thread of its own, beside those of
  /// ``DriftConfiguration/threads``: the actor of the caller goes on, and so do other tasks, however few
  /// processors there are. The thread ends with the call. A service bounds how many checks run at a time
  /// by the width of a task group. Statements outside of any function, in `main.swift`, get the check
  /// that blocks: to the compiler they are not asynchronous.
  ///
  /// - Parameter current: The data to check.
  /// - Returns: The verdict and everything that it rests on, as without `await`.
  /// - Throws: `CancellationError` soon after the task is cancelled; `DriftError` as without `await`.
  public func check(_ current: Dataset) async throws -> DriftResult {
    try await Workers.apart { checkCancellation in
      try check(current) { _ in try checkCancellation() }
    }
  }

  /// Checks current data that were profiled before, while the caller's task is suspended.
  ///
  /// - Parameter current: The profile of the data to check.
  /// - Returns: The verdict and everything that it rests on, as without `await`.
  /// - Throws: `CancellationError` soon after the task is cancelled; `DriftError` as without `await`.
  public func check(_ current: DatasetProfile) async throws -> DriftResult {
    try await Workers.apart { checkCancellation in
      try check(current) { _ in try checkCancellation() }
    }
  }

  /// Checks the batches in a window as one table while the caller's task is suspended.
  ///
  /// - Parameter window: A window of this detector.
  /// - Returns: The verdict and everything that it rests on.
  /// - Throws: `CancellationError` soon after the task is cancelled; `DriftError` as for tables.
  public func check(_ window: DriftWindow) async throws -> DriftResult {
    try await check(window.profile)
  }
}
