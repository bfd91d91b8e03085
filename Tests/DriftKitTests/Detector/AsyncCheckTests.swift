import DriftKit
import DriftTestSupport
import Testing

/// Checks that are awaited.
@Suite("Checks beside other tasks", .serialized) struct AsyncCheckTests {
  private static func table(_ rows: Int, seed: UInt64) throws -> Dataset {
    var source = SeededNormal(seed: seed)
    return try Dataset((0..<6).map { Column("x\($0)", source.sample(rows, mean: 0)) })
  }

  private static let detector = Result {
    try DriftDetector(
      baseline: table(4_000, seed: 1),
      configuration: DriftConfiguration(maximumMeanDiscrepancy: .init(permutations: 3_999)))
  }

  @Test("The result is that of a check that blocks") func result() async throws {
    let detector = try DriftDetector(baseline: Self.table(500, seed: 1))
    let batch = try Self.table(300, seed: 2)
    let blocking = try { try detector.check(batch) }()
    #expect(try await detector.check(batch) == blocking)
    let profile = DatasetProfile(batch)
    #expect(try await detector.check(profile).status == blocking.status)
    var window = detector.window(of: 2, keptRows: 300)
    try window.append(batch)
    #expect(try await detector.check(window).status == blocking.status)
    let empty = try Dataset([Column("x0", [Double]())])
    await #expect(throws: DriftError.self) { try await detector.check(empty) }
  }

  /// More checks than there are threads for tasks.
  @Test("Neither an actor nor other tasks wait for it", .timeLimit(.minutes(5)))
  @MainActor func others() async throws {
    let detector = try Self.detector.get()
    let batch = try Self.table(4_000, seed: 3)
    let checks = (0..<6).map { _ in Task { try await detector.check(batch) } }
    let done = Task {
      for check in checks { _ = try await check.value }
    }
    let clock = ContinuousClock()
    let start = clock.now
    var (ticks, longest) = (0, Duration.zero)
    let watch = Task.detached { await Self.ticks(until: done) }
    while ticks < 20 {
      let before = clock.now
      try await Task.sleep(for: .milliseconds(1))
      longest = max(longest, clock.now - before)
      ticks += 1
    }
    let ticked = clock.now - start
    try await done.value
    let whole = clock.now - start
    // 20 turns of the main actor took a fraction of what the checks took, and a detached task had its
    // turns all the while.
    #expect(ticked < whole / 2, "\(ticked) of \(whole), the longest turn \(longest)")
    #expect(await watch.value >= 20)
  }

  /// The turns that a task got until another one ended.
  private static func ticks(until done: Task<Void, any Error>) async -> Int {
    await withTaskGroup(of: Int.self) { group in
      group.addTask {
        var ticks = 0
        while !Task.isCancelled {
          try? await Task.sleep(for: .milliseconds(1))
          ticks += 1
        }
        return ticks
      }
      _ = try? await done.value
      group.cancelAll()
      return await group.next() ?? 0
    }
  }

  @Test("A cancelled check ends early") func cancelled() async throws {
    let detector = try Self.detector.get()
    let batch = try Self.table(4_000, seed: 4)
    let clock = ContinuousClock()
    let whole = try await clock.measure { _ = try await detector.check(batch) }
    let check = Task { try await detector.check(batch) }
    try await Task.sleep(for: .milliseconds(20))
    let left = await clock.measure {
      check.cancel()
      await #expect(throws: CancellationError.self) { try await check.value }
    }
    #expect(left < whole / 2, "\(left) of \(whole)")
    let never = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await detector.check(batch)
    }
    await #expect(throws: CancellationError.self) { try await never.value }
  }
}
