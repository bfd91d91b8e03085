internal import DriftDetection
internal import Tabular

/// The levels of columns of text, counted while they are read in as much memory as there is for them.
struct CountedLevels: CategoryConsumer {
  /// What a level takes besides its bytes, and what these take, with room to grow: a table at most
  /// half full that is copied when it grows.
  private static let bytesPerLevel = 256
  private static let bytesPerByte = 8

  /// Runs of many chunks cost less time, and more memory.
  let chunksPerRun: Int
  private let limits: DatasetProfile.Options
  private var sketches: [LevelSketch] = []

  /// - Parameters:
  ///   - memory: The bytes that the levels of all columns may take.
  ///   - textColumns: How many columns of text there are.
  init(memory: Int, textColumns: Int) {
    chunksPerRun = min(16, memory >> 26)
    limits = Self.limits(memory: memory, textColumns: textColumns)
  }

  /// Up to how many levels, with how many bytes in all, a column is counted exactly.
  static func limits(memory: Int, textColumns: Int) -> DatasetProfile.Options {
    var limits = DatasetProfile.Options()
    let each = memory / max(1, textColumns)
    limits.levels = max(64, each / bytesPerLevel)
    limits.levelBytes = max(1024, each / bytesPerByte)
    return limits
  }

  mutating func take(_ tallies: [LevelTally]) {
    if sketches.isEmpty { sketches = tallies.map { _ in empty } }
    for (place, tally) in tallies.enumerated() where tally.distinctCount > 0 {
      sketches[place].add(forEachLevel: tally.forEachLevel)
    }
  }

  /// The levels of a column, by its place in the table.
  func sketch(_ place: Int) -> LevelSketch { sketches.isEmpty ? empty : sketches[place] }

  private var empty: LevelSketch {
    LevelSketch(levelLimit: limits.levels, byteLimit: limits.levelBytes)
  }
}
