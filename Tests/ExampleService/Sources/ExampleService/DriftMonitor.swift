import DriftKit

/// Checks batches against the baselines of several models and keeps the last result of each.
///
/// The detectors never change, so checks run outside of the actor, many at a time; only what they
/// found is kept in it.
actor DriftMonitor {
  /// A batch was not checked in time.
  struct DeadlineExceeded: Error {}

  /// No baseline is there for a batch.
  struct UnknownModel: Error {
    let name: String
  }

  /// What is known of a model.
  struct State: Sendable {
    /// What the last check found; nil before the first.
    var latest: DriftResult?
    /// How many checks ended with each verdict.
    var verdicts: [DriftStatus: Int] = [:]
    /// How many checks ended without one.
    var failures = 0
  }

  private let detectors: [String: DriftDetector]
  private(set) var states: [String: State]

  /// - Parameters:
  ///   - profiles: For each model the file that was written where it was trained.
  ///   - configuration: How to judge. One thread a check: it is the number of checks at a time that
  ///     keeps the processors busy.
  /// - Throws: `DriftError` for a damaged file and a baseline that cannot be used.
  init(profiles: [String: [UInt8]], configuration: DriftConfiguration) throws {
    detectors = try profiles.mapValues {
      try DriftDetector(baseline: DatasetProfile(decoding: $0), configuration: configuration)
    }
    states = profiles.mapValues { _ in State() }
  }

  /// Checks a batch.
  ///
  /// - Throws: `DeadlineExceeded`; `CancellationError` when the task is cancelled; `DriftError` for a
  ///   batch that cannot be checked; `UnknownModel`.
  @discardableResult
  func check(_ batch: Dataset, of model: String, within limit: Duration) async throws -> DriftResult
  {
    guard let detector = detectors[model] else { throw UnknownModel(name: model) }
    do {
      let result = try await Self.check(batch, with: detector, until: .now + limit)
      states[model, default: State()].verdicts[result.status, default: 0] += 1
      states[model, default: State()].latest = result
      return result
    } catch {
      states[model, default: State()].failures += 1
      throw error
    }
  }

  /// Checks many batches, at most `width` at a time, and goes on where one of them fails.
  ///
  /// - Returns: What was found for each, in their order.
  func check(
    _ batches: [(model: String, data: Dataset)], atMost width: Int, within limit: Duration
  ) async -> [Result<DriftResult, any Error>] {
    await withTaskGroup(of: (Int, Result<DriftResult, any Error>).self) { group in
      var results: [Int: Result<DriftResult, any Error>] = [:]
      for (index, batch) in batches.enumerated() {
        // As one ends the next begins.
        if index >= width, let (ended, result) = await group.next() { results[ended] = result }
        group.addTask { (index, await self.outcome(of: batch.data, batch.model, within: limit)) }
      }
      for await (ended, result) in group { results[ended] = result }
      return batches.indices.compactMap { results[$0] }
    }
  }

  private func outcome(
    of batch: Dataset, _ model: String, within limit: Duration
  ) async -> Result<DriftResult, any Error> {
    do {
      return .success(try await check(batch, of: model, within: limit))
    } catch {
      return .failure(error)
    }
  }

  /// A check keeps the thread that it runs on busy: not one of the actor's.
  @concurrent private static func check(
    _ batch: Dataset, with detector: DriftDetector, until deadline: ContinuousClock.Instant
  ) async throws -> DriftResult {
    try detector.check(batch) { _ in
      try Task.checkCancellation()
      if ContinuousClock.now > deadline { throw DeadlineExceeded() }
    }
  }
}
