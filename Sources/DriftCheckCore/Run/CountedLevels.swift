internal import DriftKit
internal import Synchronization
internal import Tabular

/// The levels of columns of text, counted while they are read in as much memory as there is for them.
final class CountedLevels: Sendable {
  private struct State {
    var limits = DatasetProfile.Options()
    var sketches: [LevelSketch] = []
  }

  /// What a level takes besides its bytes, and what these take, with room to grow: a table at most
  /// half full that is copied when it grows.
  private static let bytesPerLevel = 256
  private static let bytesPerByte = 8

  private let memory: Int
  private let state = Mutex(State())

  /// - Parameter memory: The bytes that the levels of all columns may take.
  init(memory: Int) { self.memory = memory }

  /// Says how many columns of text there are, before the first row.
  func begin(textColumns: Int) {
    let limits = Self.limits(memory: memory, textColumns: textColumns)
    state.withLock { $0 = State(limits: limits) }
  }

  /// Up to how many levels, with how many bytes in all, a column is counted exactly.
  static func limits(memory: Int, textColumns: Int) -> DatasetProfile.Options {
    var limits = DatasetProfile.Options()
    let each = memory / max(1, textColumns)
    limits.levels = max(64, each / bytesPerLevel)
    limits.levelBytes = max(1024, each / bytesPerByte)
    return limits
  }

  /// What the reader hands levels to. Runs of many pieces cost less time, and more memory.
  var taker: LevelTaker {
    LevelTaker(pieces: min(16, memory >> 26)) { tallies in
      self.state.withLock { state in
        if state.sketches.isEmpty {
          let empty = LevelSketch(
            levelLimit: state.limits.levels, byteLimit: state.limits.levelBytes)
          state.sketches = tallies.map { _ in empty }
        }
        for (place, tally) in tallies.enumerated() where tally.distinctCount > 0 {
          state.sketches[place].add(forEachLevel: tally.forEachLevel)
        }
      }
    }
  }

  /// The levels of a column, by its place in the table.
  func sketch(_ place: Int) -> LevelSketch {
    state.withLock { state in
      state.sketches.isEmpty
        ? LevelSketch(levelLimit: state.limits.levels, byteLimit: state.limits.levelBytes)
        : state.sketches[place]
    }
  }
}
