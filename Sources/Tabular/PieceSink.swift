internal import Parallel
internal import Synchronization

/// Where the rows of the pieces go.
protocol PieceSink: Sendable {
  /// Takes a piece that was read; pieces may come out of order. The rows are there until it
  /// returns.
  func take(_ outcome: consuming PieceOutcome, _ rows: RowBatch)
}

/// Keeps all numbers.
final class StoringSink: PieceSink {
  private struct State {
    var assembly: TableAssembly
    /// Pieces that have come before their turn.
    var early: [Int: PieceOutcome] = [:]
    var next = 0
  }

  private let state: Mutex<State>

  init(_ assembly: TableAssembly) {
    state = Mutex(State(assembly: assembly))
  }

  /// What was put together.
  var assembly: TableAssembly { state.withLock { $0.assembly } }

  func take(_ outcome: consuming PieceOutcome, _ rows: RowBatch) {
    var outcome = outcome
    if rows.rowCount > 0 {
      outcome.numbers = outcome.columns.indices.map { Array(rows.numbers($0)) }
    }
    let taken = outcome
    state.withLock { state in
      state.early[taken.piece.number] = taken
      while let outcome = state.early.removeValue(forKey: state.next) {
        state.assembly.append(outcome)
        state.next += 1
      }
    }
  }
}

/// Hands rows to a consumer.
final class StreamingSink<Consumer: RowConsumer>: PieceSink {
  private struct State {
    var assembly: TableAssembly
    var consumer: Consumer
  }

  private let profiler: Consumer
  private let numbering = Turns()
  private let counted = Mutex(0)
  private let turns = Turns()
  private let state: Mutex<State>

  init(_ assembly: TableAssembly, _ consumer: Consumer) {
    profiler = consumer
    state = Mutex(State(assembly: assembly, consumer: consumer))
  }

  /// What was put together.
  var assembly: TableAssembly { state.withLock { $0.assembly } }

  /// The consumer as it is now.
  var consumer: Consumer { state.withLock { $0.consumer } }

  func take(_ outcome: consuming PieceOutcome, _ rows: RowBatch) {
    let outcome = outcome
    let isRead = rows.rowCount > 0 && outcome.failure == nil
    // Pieces are read in about the order of their rows: nobody waits long for a number.
    var first = 0
    numbering.take(outcome.piece.number) {
      counted.withLock { counted in
        first = counted
        counted += rows.rowCount
      }
    }
    let partial = isRead ? profiler.profile(rows, firstRow: first) : nil
    turns.take(outcome.piece.number) {
      state.withLock { state in
        let first = state.assembly.rowCount
        if let partial, state.assembly.failure == nil {
          state.consumer.collect(partial, rows, firstRow: first)
        }
        state.assembly.append(outcome)
      }
    }
    profiler.catchUp()
  }
}
