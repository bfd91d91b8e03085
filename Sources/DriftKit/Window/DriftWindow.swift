public import DriftColumns
public import DriftSummaries

/// The last batches of a stream, summarised: to check them as one table, batch after batch.
///
/// A batch is profiled once, by the bins of the baseline, and only its counts and moments are kept. The
/// oldest batch goes as a new one comes. Profiles merge, but no batch can be taken out of a merged one:
/// so the sums of the older batches, from each of them on, lie ready on a stack, and the newer ones are
/// added up as they come. When the stack is used up the newer batches become the next one. That takes at
/// most three merges a batch on average, whatever the size of the window.
///
/// The result is that of the table of all batches in the window: counts to the row, moments to 1e-12
/// relative. Memory is that of about two profiles a batch.
public struct DriftWindow: Sendable {
  /// The most batches that it holds.
  public let capacity: Int
  /// The profile of all batches in the window.
  public private(set) var profile = DatasetProfile.empty

  private let detector: DriftDetector
  private let edges: DatasetProfile
  private let options: DatasetProfile.Options
  /// Of the older batches: all of them from one on, the oldest one last.
  private var older: [DatasetProfile] = []
  private var newer: [DatasetProfile] = []
  private var sumOfNewer = DatasetProfile.empty
  private var number = 0

  /// An empty window.
  init(_ detector: DriftDetector, capacity: Int, keptRows: Int) {
    self.capacity = max(1, capacity)
    self.detector = detector
    edges = DatasetProfile(binnings: detector.numericBinnings)
    options = DatasetProfile.Options(
      sampledRows: max(0, keptRows),
      seed: detector.configuration.maximumMeanDiscrepancy?.seed ?? 0)
  }

  /// How many batches it holds.
  public var count: Int { older.count + newer.count }

  /// The rows of all batches in the window.
  public var rowCount: Int { profile.rowCount }

  /// Adds a batch; the oldest one goes when there are more than `capacity`.
  ///
  /// - Parameter batch: The rows.
  /// - Throws: `DriftError.kindMismatch` for numbers where the baseline has levels,
  ///   `DriftError.invalidData` for other columns than the batches before have. The window stays as it
  ///   is then.
  /// - Complexity: O(rows) a column, and some merges of profiles.
  public mutating func append(_ batch: Dataset) throws(DriftError) {
    try detector.requireSameKinds(in: batch)
    let table = try Dataset(batch.columns.map(counted))
    number += 1
    try append(
      DatasetProfile(table, options: options, segment: "batch \(number)", edges: edges))
  }

  /// Adds a batch that was profiled before, by the bins of the baseline's profile.
  ///
  /// - Parameter batch: The profile.
  /// - Throws: `DriftError` when it cannot be merged with the batches before; the window stays as it is
  ///   then.
  /// - Complexity: That of some merges of profiles.
  public mutating func append(_ batch: DatasetProfile) throws(DriftError) {
    var next = self
    if next.count == capacity { try next.dropOldest() }
    next.newer.append(batch)
    try next.sumOfNewer.merge(batch)
    next.profile = next.older.last ?? .empty
    try next.profile.merge(next.sumOfNewer)
    self = next
  }

  private mutating func dropOldest() throws(DriftError) {
    if older.isEmpty {
      var sum = DatasetProfile.empty
      for batch in newer.reversed() {
        // The earlier rows first, as in the table of all.
        var next = batch
        try next.merge(sum)
        sum = next
        older.append(sum)
      }
      (newer, sumOfNewer) = ([], .empty)
    }
    older.removeLast()
  }

  /// A column as the detector counts it: text among numbers is no number, and of a column that is no
  /// feature nothing but the name is needed.
  private func counted(_ column: Column) -> Column {
    switch (detector.kind(ofFeature: column.name), column.storage) {
    case (.numeric, .categorical(let counts)):
      Column(
        name: column.name,
        cells: .numeric(
          [Double](repeating: .nan, count: counts.rows), unparseable: counts.present))
    case (.time, .categorical(let counts)):
      Column(
        name: column.name,
        cells: .time([Double](repeating: .nan, count: counts.rows), unparseable: counts.present))
    case (nil, _):
      Column(column.name, [String?](repeating: nil, count: column.rowCount))
    default: column
    }
  }
}
