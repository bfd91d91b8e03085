public import DriftColumns
internal import Synchronization

/// A table in a few numbers: what a check needs to know of it, without its rows.
///
/// A baseline is profiled once, when a model is trained, and travels as a small file; the parts of a
/// large table are profiled apart, on many machines, and merged. A profile takes the place of the
/// table on either side of a check.
public struct DatasetProfile: Sendable, Hashable {
  /// How a table is profiled.
  public struct Options: Sendable, Hashable {
    /// How the bins of numeric columns are chosen.
    public var binning: NumericBinning.Method
    /// Other bins for single numeric columns, by name.
    public var featureBinning: [String: NumericBinning.Method]
    /// Rows that a value of a column of few values needs to get a bin.
    public var minimumCount: Int
    /// How many rows are kept for the kernel two-sample test; 0 for none.
    public var sampledRows: Int
    /// The values of a numeric column that are kept while it is profiled; with more of them its
    /// quantiles come from a sketch.
    public var exactValues: Int
    /// The values of a numeric column that are kept in the profile.
    public var keptValues: Int
    /// The levels of a categorical column up to which all are kept; of more of them the rare ones are
    /// dropped.
    public var levels: Int
    /// The bytes of all levels of a column up to which all are kept.
    public var levelBytes: Int
    /// The seed of everything random.
    public var seed: UInt64

    /// Options; those that are not given are the defaults.
    public init(
      binning: NumericBinning.Method = .quantile(bins: 10),
      featureBinning: [String: NumericBinning.Method] = [:], minimumCount: Int = 10,
      sampledRows: Int = 20_000, exactValues: Int = 1 << 24, keptValues: Int = 1 << 17,
      levels: Int = 1 << 20, levelBytes: Int = 1 << 26, seed: UInt64 = 0
    ) {
      self.binning = binning
      self.featureBinning = featureBinning
      self.minimumCount = minimumCount
      self.sampledRows = sampledRows
      self.exactValues = exactValues
      self.keptValues = keptValues
      self.levels = levels
      self.levelBytes = levelBytes
      self.seed = seed
    }

    /// The options of a column: with its own bins, found by the bytes of its name.
    func forColumn(_ name: String) -> Options {
      var options = self
      if let place = featureBinning.index(forKey: name),
        featureBinning[place].key.utf8.elementsEqual(name.utf8)
      {
        options.binning = featureBinning[place].value
      }
      options.binning = options.binning.normalized
      return options
    }

    /// The bins of a column that are known before any of its rows: given edges.
    func knownBinning(ofColumn name: String) -> NumericBinning? {
      let method = forColumn(name).binning
      guard case .edges = method else { return nil }
      return NumericBinning(fitting: [], method: method)
    }
  }

  /// How many rows the table has.
  public internal(set) var rowCount: Int
  package var columns: [ColumnProfile]
  /// Rows for the kernel two-sample test; nil when they were left out.
  package var sample: RowSampleProfile?
  /// The names of the parts of the table, ascending.
  public internal(set) var segments: [String]

  /// The names of columns that were not read; not written to files.
  package private(set) var unread: [String] = []
  /// The columns without a name, which were left out; not written to files.
  package var unnamed: [String] = []

  package init(
    rowCount: Int, columns: [ColumnProfile], sample: RowSampleProfile?, segments: [String],
    unread: [String] = []
  ) {
    self.unread = unread
    self.segments = segments
    self.rowCount = rowCount
    self.columns = columns
    self.sample = sample
  }

  /// The profile of no rows and no columns.
  public static let empty = DatasetProfile(rowCount: 0, columns: [], sample: nil, segments: [])

  /// The names of the columns, in order.
  public var columnNames: [String] { columns.map(\.name) }

  /// Whether rows for the kernel two-sample test are kept.
  public var holdsRows: Bool { sample != nil }

  /// What a column holds; nil when there is none of that name.
  /// - Complexity: O(columns).
  public func kind(ofColumn name: String) -> ColumnKind? {
    columns.first { $0.name.utf8.elementsEqual(name.utf8) }?.kind
  }

  /// What every column holds, by its name: to look up many.
  /// - Complexity: O(columns).
  package var columnKinds: [Level: ColumnKind] {
    Dictionary(columns.map { (Level($0.name), $0.kind) }, uniquingKeysWith: { first, _ in first })
  }

  /// The numeric columns whose quantiles come from a sketch, so that ranks are off by up to
  /// `rankError`.
  public var sketchedColumns: [String] {
    columns.filter {
      $0.numbers?.distribution?.isExact == false
    }.map(\.name)
  }

  /// The largest error of a rank, as a share of the rows, of any column.
  public var rankError: Double {
    columns.reduce(0) { max($0, $1.numbers?.distribution?.rankError ?? 0) }
  }

  /// The categorical columns that had too many levels to keep all of them.
  public var columnsWithDroppedLevels: [String] {
    columns.filter {
      if case .levels(let levels) = $0.content { !levels.sketch.isExact } else { false }
    }.map(\.name)
  }

  /// Adds the rows of another profile of the same columns.
  ///
  /// Profiles may be merged in any order and grouping: counts, bins and levels are the same to the
  /// row, moments to 1e-12 relative, and quantiles as long as they are exact. Of levels that are too
  /// many those that are kept may differ; their bounds hold. After an error nothing is to be made of
  /// what was merged so far.
  /// - Throws: `DriftError.invalidData` when the columns differ, a part that has a name is in both, or
  ///   a column was counted by different bins that were given, or there are more than 2^50 rows;
  ///   `DriftError.kindMismatch` when a column is of different kinds in both.
  /// - Complexity: O(kept values and levels).
  public mutating func merge(_ other: DatasetProfile) throws(DriftError) {
    // A shard without partitions knows no columns.
    if other == .empty { return }
    if self == .empty {
      self = other
      return
    }
    var places: [Level: Int] = [:]
    for (place, column) in columns.enumerated() { places[Level(column.name)] = place }
    let unknown = other.columns.filter { places[Level($0.name)] == nil }
    let known = Set(other.columns.map { Level($0.name) })
    let gone = columns.filter { !known.contains(Level($0.name)) }
    guard unknown.isEmpty, gone.isEmpty else {
      let names = (unknown + gone).prefix(5).map { "'\($0.name)'" }.joined(separator: ", ")
      throw DriftError(
        .invalidData,
        "the profiles have different columns: \(names) is only in one of them; merge profiles of "
          + "parts of one table")
    }
    let (merged, twice) = Self.merged(segments, other.segments)
    if let twice {
      throw DriftError(
        .invalidData,
        "'\(Self.given(twice))' is in both profiles, and its rows would count twice; merge each part once"
      )
    }
    guard rowCount + other.rowCount <= Self.mostRows else {
      throw DriftError(
        .invalidData,
        "the profiles have \(rowCount) and \(other.rowCount) rows, together more than the "
          + "\(Self.mostRows) that a profile can have; merge profiles of parts of one table")
    }
    for column in other.columns {
      guard let place = places[Level(column.name)] else { continue }
      try columns[place].merge(column)
    }
    segments = merged
    rowCount += other.rowCount
    let numeric = columns.filter { $0.kind == .numeric }.map(\.name)
    sample =
      if let own = sample, let more = other.sample {
        own.merged(with: more, columns: numeric)
      } else {
        nil
      }
  }

  /// Keeps no more than the options say from now on, whatever is merged.
  ///
  /// - Parameter options: How many values and levels are kept.
  package mutating func bound(to options: Options) {
    for place in columns.indices {
      if case .levels(var levels) = columns[place].content {
        levels.sketch.bound(levels: options.levels, bytes: options.levelBytes)
        columns[place].content = .levels(levels)
      } else {
        columns[place].numbers?.distribution?.bound(to: options.exactValues)
      }
    }
  }

  /// Chooses the bins of numeric columns that have none, where all their values are known, and then
  /// keeps at most `keptValues` values of each column.
  ///
  /// - Parameters:
  ///   - options: Which bins, and how many values.
  ///   - work: How to work.
  package mutating func settle(_ options: Options, work: PieceWork) {
    // Each column is handed over: what it kept is given back where it is settled.
    let before = Mutex(columns.map(Optional.some))
    let count = columns.count
    columns = []
    // It throws only what a `progress` throws.
    let settled = try? ColumnSchedule.map(count: count, work: work, progress: { _ in }) {
      place, work in
      var column = before.withLock { before in
        let column = before[place]
        before[place] = nil
        return column
      }
      column?.settle(options, work: work)
      return column
    }
    columns = (settled ?? before.withLock { $0 }).compactMap { $0 }
  }
}
