import Parallel
import Synchronization
import Testing

@Suite struct TeamTests {
  @Test(arguments: [0, 1, 4]) func everybodyWorks(helpers: Int) throws {
    let count = Mutex(0)
    try Workers.team(helpers: helpers) {
      count.withLock { $0 += 1 }
    } lead: {
      count.withLock { $0 += 100 }
    }
    #expect(count.withLock { $0 } == 100 + helpers)
  }

  @Test func leadErrorsPassWhenAllHaveEnded() {
    struct Stop: Error {}
    let count = Mutex(0)
    #expect(throws: Stop.self) {
      try Workers.team(helpers: 3) {
        count.withLock { $0 += 1 }
      } lead: {
        throw Stop()
      }
    }
    #expect(count.withLock { $0 } == 3)
  }

  @Test func turnsAreInOrder() throws {
    let turns = Turns()
    let next = Mutex(0)
    let order = Mutex([Int]())
    let work: @Sendable () -> Void = {
      while true {
        let number = next.withLock { next -> Int in
          defer { next += 1 }
          return next
        }
        if number >= 1000 { return }
        turns.take(number) { order.withLock { $0.append(number) } }
      }
    }
    try Workers.team(helpers: 4, help: work, lead: work)
    #expect(order.withLock { $0 } == Array(0..<1000))
  }
}
