internal import Synchronization

/// Takes the levels of columns of text while a table is read, so that they need not all be kept.
package struct LevelTaker: Sendable {
  /// How many pieces of the inputs make a run; the levels of a few runs are in memory at a time.
  package let pieces: Int
  /// Gets the levels of one run after the other, in the order of the rows, one call at a time: for
  /// each column of the table what was counted, nothing for columns of numbers. What is in a run
  /// depends neither on the threads nor on their order.
  package let take: @Sendable ([LevelTally]) -> Void

  /// A taker of runs of so many pieces, at least 1.
  package init(pieces: Int, take: @escaping @Sendable ([LevelTally]) -> Void) {
    self.pieces = max(1, pieces)
    self.take = take
  }
}

/// Adds up the levels of the pieces of each run and hands them on in order.
final class LevelRuns: Sendable {
  private struct Run {
    var pieces = 0
    var tallies: [LevelTally] = []
  }

  private struct State {
    var runs: [Int: Run] = [:]
    var next = 0
  }

  private let taker: LevelTaker
  private let state = Mutex(State())

  init(_ taker: LevelTaker) { self.taker = taker }

  /// The run of a piece.
  func run(ofPiece number: Int) -> Int { number / taker.pieces }

  /// Takes what a thread has counted in some pieces of a run.
  func take(_ tallies: [LevelTally], pieces: Int, ofRun number: Int) {
    state.withLock { state in
      var run = state.runs.removeValue(forKey: number) ?? Run()
      run.pieces += pieces
      if run.tallies.isEmpty {
        run.tallies = tallies
      } else {
        for place in tallies.indices { run.tallies[place].merge(tallies[place]) }
      }
      state.runs[number] = run
      while let run = state.runs[state.next], run.pieces == taker.pieces {
        handOn(run, &state)
      }
    }
  }

  /// Hands on the last run, when all pieces were read.
  func finish() {
    state.withLock { state in
      while let run = state.runs[state.next] { handOn(run, &state) }
    }
  }

  private func handOn(_ run: Run, _ state: inout State) {
    taker.take(run.tallies)
    state.runs[state.next] = nil
    state.next += 1
  }
}
