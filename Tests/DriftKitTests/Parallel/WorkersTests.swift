import Parallel
import Synchronization
import Testing

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 3, 8]) func everyPieceIsDoneOnce(threads: Int) throws {
    let states = try Workers.run(count: 1000, threads: threads, makeState: { [Int]() }) {
      state, index in state.append(index)
    }
    #expect(states.count <= threads)
    #expect(states.joined().sorted() == Array(0..<1000))
  }

  @Test func resultsKeepTheirOrder() throws {
    #expect(try Workers.map(count: 100, threads: 3) { $0 * $0 } == (0..<100).map { $0 * $0 })
    #expect(try Workers.map(count: 0, threads: 3) { $0 }.isEmpty)
  }

  @Test func progressEndsTheWork() {
    struct Stop: Error {}
    let done = Mutex(0)
    #expect(throws: Stop.self) {
      try Workers.map(count: 1_000_000, threads: 2, progress: { _ in throw Stop() }) { _ in
        done.withLock { $0 += 1 }
      }
    }
    // The other worker may have taken some pieces before it saw the end, never all of them.
    #expect(done.withLock { $0 } < 1_000_000)
  }
}
