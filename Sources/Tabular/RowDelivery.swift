internal import Parallel
internal import Synchronization

/// Hands the rows of chunks to a consumer, and adds up what came of them.
final class RowDelivery<Consumer: TableConsumer>: Sendable {
  private struct State {
    var counter: TableCounter
    var consumer: Consumer
  }

  private let profiler: Consumer
  private let numbering = Turns()
  private let counted = Mutex(0)
  private let turns = Turns()
  private let state: Mutex<State>

  init(_ counter: TableCounter, _ consumer: Consumer) {
    profiler = consumer
    state = Mutex(State(counter: counter, consumer: consumer))
  }

  /// What was counted.
  var counter: TableCounter { state.withLock { $0.counter } }

  /// The consumer as it is now.
  var consumer: Consumer { state.withLock { $0.consumer } }

  /// Takes a chunk that was read; chunks may come out of order. The rows are there until it returns.
  func take(_ outcome: ChunkOutcome, _ rows: RowBatch) {
    let isRead = rows.rowCount > 0 && outcome.failure == nil
    // Chunks are read in about the order of their rows: nobody waits long for a number.
    var first = 0
    numbering.take(outcome.chunk.number) {
      counted.withLock { counted in
        first = counted
        counted += rows.rowCount
      }
    }
    let partial = isRead ? profiler.profile(rows, firstRow: first) : nil
    turns.take(outcome.chunk.number) {
      state.withLock { state in
        let first = state.counter.counts.rowCount
        if let partial, state.counter.failure == nil {
          state.consumer.collect(partial, rows, firstRow: first)
        }
        state.counter.append(outcome)
      }
    }
    profiler.catchUp()
  }

  /// Finds out what the columns are whose kind was guessed.
  ///
  /// - Returns: The chunks that are to be read again, and for which columns.
  func decide(
    _ levels: (Int) -> CellKinds?, _ sample: (Int) -> SampledColumn?
  ) -> [CountedChunk] {
    state.withLock { state in
      state.counter.decide(levels: levels, sample: sample)
      return state.counter.unfinished
    }
  }

  /// Ends the table, whose levels are all taken.
  func finish(_ categories: Consumer.Categories) {
    state.withLock { state in
      state.consumer.categories = categories
      state.consumer.finish(state.counter.counts)
    }
  }
}
