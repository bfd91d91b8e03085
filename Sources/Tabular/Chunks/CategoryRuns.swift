internal import Synchronization

/// Takes the levels of columns of text while a table is read, so that they need not all be kept.
package protocol CategoryConsumer: Sendable {
  /// How many chunks of the inputs make a run, at least 1; the levels of a few runs are in memory at a
  /// time.
  var chunksPerRun: Int { get }

  /// Takes the levels of one run after the other, in the order of the rows. What is in a run depends
  /// neither on the threads nor on their order.
  ///
  /// - Parameter tallies: For each column of the table what was counted, nothing for columns of
  ///   numbers.
  mutating func take(_ tallies: [LevelTally])
}

/// Adds up the levels of the chunks of each run and hands them on in order.
final class CategoryRuns<Categories: CategoryConsumer>: Sendable {
  private struct Run {
    var chunks = 0
    var tallies: [LevelTally] = []
  }

  private struct State {
    var categories: Categories
    /// Of columns whose kind was guessed, by place in the table.
    var kinds: [Int: CellKinds]
    var runs: [Int: Run] = [:]
    var next = 0
  }

  private let chunksPerRun: Int
  /// How numbers are written.
  private let numbers: NumberNotation
  private let state: Mutex<State>

  /// - Parameters:
  ///   - categories: Takes the levels.
  ///   - guesses: The columns, by place in the table, of which it is found out how many of the cells
  ///     are no texts.
  ///   - numbers: How numbers are written.
  init(_ categories: Categories, guesses: [Int] = [], numbers: NumberNotation) {
    self.numbers = numbers
    chunksPerRun = max(1, categories.chunksPerRun)
    let kinds = Dictionary(uniqueKeysWithValues: guesses.map { ($0, CellKinds()) })
    state = Mutex(State(categories: categories, kinds: kinds))
  }

  /// What the cells of a column are whose kind was guessed.
  func kinds(_ place: Int) -> CellKinds? { state.withLock { $0.kinds[place] } }

  /// The consumer as it is now.
  var categories: Categories { state.withLock { $0.categories } }

  /// The run of a chunk.
  func run(ofChunk number: Int) -> Int { number / chunksPerRun }

  /// Takes what a thread has counted in some chunks of a run.
  func take(_ tallies: [LevelTally], chunks: Int, ofRun number: Int) {
    state.withLock { state in
      var run = state.runs.removeValue(forKey: number) ?? Run()
      run.chunks += chunks
      if run.tallies.isEmpty {
        run.tallies = tallies
      } else {
        for place in tallies.indices { run.tallies[place].merge(tallies[place]) }
      }
      state.runs[number] = run
      while let run = state.runs[state.next], run.chunks == chunksPerRun {
        handOn(run, &state)
      }
    }
  }

  /// Takes what was counted when rows were read again.
  func takeAgain(_ tallies: [LevelTally]) { state.withLock { $0.categories.take(tallies) } }

  /// Hands on the last run, when all chunks were read.
  func finish() {
    state.withLock { state in
      while let run = state.runs[state.next] { handOn(run, &state) }
    }
  }

  private func handOn(_ run: Run, _ state: inout State) {
    for place in state.kinds.keys {
      run.tallies[place].forEachLevel { state.kinds[place]?.count($0, $1, numbers: numbers) }
    }
    state.categories.take(run.tallies)
    state.runs[state.next] = nil
    state.next += 1
  }
}
