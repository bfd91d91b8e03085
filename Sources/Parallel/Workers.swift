internal import Glibc
internal import Synchronization

/// Runs numbered pieces of work on a few threads that end with the call.
///
/// No thread outlives the call, no pool is kept, nothing of the process is changed: a service that
/// imports the library finds its threads as they were.
package enum Workers {
  /// More threads than this are never started, whatever is asked for.
  package static let mostThreads = 256

  /// Calls `body` once for every index, on up to `threads` threads, the caller's own among them.
  ///
  /// Indices are handed out in order, so the pieces may differ in size. Each thread works on a
  /// state of its own; what the pieces add up must not depend on which thread took which.
  ///
  /// - Parameters:
  ///   - count: How many pieces there are.
  ///   - threads: The most threads to use, at least 1.
  ///   - makeState: Makes the state of one thread.
  ///   - progress: Called on the caller's thread, with the number of pieces done so far. Throwing
  ///     from it ends the work: no new piece is begun, and the error is thrown on.
  ///   - body: The work.
  /// - Returns: The states, in no particular order.
  /// - Throws: What `progress` throws.
  package static func run<State: Sendable>(
    count: Int, threads: Int,
    makeState: @escaping @Sendable () -> State,
    progress: (Int) throws -> Void = { _ in },
    body: @escaping @Sendable (inout State, Int) -> Void
  ) throws -> [State] {
    let queue = Queue(count: count)
    let helpers = max(0, min(threads, count, mostThreads) - 1)
    var running: [Helper] = []
    var results: [Results<State>] = []
    for _ in 0..<helpers {
      let slot = Results<State>()
      let helper = Helper {
        var state = makeState()
        while let index = queue.next() {
          body(&state, index)
          queue.finish()
        }
        slot.put(state)
      }
      // A host at its limit of threads still gets its answer, only later.
      guard helper.start() else { break }
      running.append(helper)
      results.append(slot)
    }
    var state = makeState()
    let outcome = Result {
      while let index = queue.next() {
        body(&state, index)
        queue.finish()
        try progress(queue.finished)
      }
    }
    if case .failure = outcome { queue.stop() }
    for helper in running { helper.join() }
    try outcome.get()
    return [state] + results.compactMap { $0.take() }
  }

  /// Calls `body` once for every index and returns the results in order.
  package static func map<Result: Sendable>(
    count: Int, threads: Int,
    progress: (Int) throws -> Void = { _ in },
    _ body: @escaping @Sendable (Int) -> Result
  ) throws -> [Result] {
    let states = try run(
      count: count, threads: threads, makeState: { [(Int, Result)]() }, progress: progress
    ) { state, index in state.append((index, body(index))) }
    // Every index was somebody's: each result goes where it belongs, without another copy of all.
    return Array(unsafeUninitializedCapacity: count) { results, initialized in
      for (index, result) in states.joined() { results.initializeElement(at: index, to: result) }
      initialized = count
    }
  }
}

/// Hands out indices.
private final class Queue: Sendable {
  private let count: Int
  private let begun = Atomic<Int>(0)
  private let done = Atomic<Int>(0)

  init(count: Int) { self.count = count }

  func next() -> Int? {
    let index = begun.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  func finish() { done.wrappingAdd(1, ordering: .relaxed) }
  func stop() { begun.store(count, ordering: .relaxed) }
  var finished: Int { done.load(ordering: .relaxed) }
}

/// The state of one finished thread.
private final class Results<State: Sendable>: Sendable {
  private let value = Mutex<State?>(nil)

  func put(_ state: State) { value.withLock { $0 = state } }
  func take() -> State? { value.withLock { $0 } }
}
