internal import CInstructionSets
internal import Checked
internal import DriftDetection
internal import DriftReport
internal import Glibc
internal import Tabular

/// Reads the two tables of a check.
struct InputTables {
  private let options: CheckOptions
  private let streams: InputStreams
  private let remarks: InputRemarks
  private let reader: TableReader
  private let threads: Int

  /// Reads what the options name, on so many threads and with these instructions; some of what can be
  /// read only one time may have been.
  init(
    _ options: CheckOptions, _ streams: InputStreams, _ remarks: InputRemarks, threads: Int,
    instructionSet: InstructionSet
  ) {
    self.options = options
    self.streams = streams
    self.remarks = remarks
    self.threads = threads
    reader = TableReader(options: options.csv(instructionSet))
  }

  /// A baseline that was read.
  struct Baseline {
    /// The columns that are to be checked, of the kinds that its cells have.
    let columns: Dataset
    /// All its columns.
    let header: [String]
    /// Columns without a name, which are left out.
    let unnamed: [String]
    /// Whether the names are its own.
    let hasNames: Bool
    /// The current table, when it was opened for its names.
    let current: TableSource?
  }

  /// Reads the baseline.
  func baseline(progress: (ReadingProgress) throws -> Void) throws -> Baseline {
    let source = try reader.open(
      options.baseline.map(streams.table), progress: { try progress(ReadingProgress($0)) })
    let hasNames = source.schema.hasNames
    let other = hasNames ? nil : try namesForBaseline()
    let names = try other?.names.names(of: source.schema) ?? source.schema.columnNames
    try options.requireKnown(
      options.namesWithTimeFeatures(names), file: Self.title(options.baseline))
    let unnamed = other?.names.unnamed ?? source.schema.unnamed
    let requests = names.map(options.requests(unnamed: unnamed))
    var builder = TableBuilder()
    try source.read(
      into: &builder, requests, names: names, threads: threads,
      progress: { try progress(ReadingProgress($0)) })
    let table = builder.table
    if let column = table.columns.first(where: { $0.counts.misread != nil }) {
      throw InputError.misread(
        column.name, as: column.counts.misread, file: Self.title(options.baseline))
    }
    try options.requireForcedValues(table, file: Self.title(options.baseline))
    remarks.take(builder.counts, source.schema, .baseline) { place, body in
      if case .text(let tally) = table.columns[place].cells { tally.forEachLevel(body) }
    }
    var columns = table.columns.map { column in
      var converted: Column
      switch column.cells {
      case .numbers(let numbers):
        converted = Column(
          name: column.name, chunks: numbers.chunks, unparseable: numbers.unparseable)
      case .times(let times):
        converted = Column(name: column.name, times: times.chunks, unparseable: times.unparseable)
      case .text(let tally):
        converted = Column(name: column.name, cells: .categorical(Self.counts(tally)))
      }
      converted.details = ColumnDetails(column.counts)
      return converted
    }
    let timeFeatures = options.timeFeatures(besides: names)
    for column in table.columns {
      guard case .times(let times) = column.cells else { continue }
      for feature in timeFeatures(column.name) {
        var counts = TimeFeatureCounts(feature)
        for chunk in times.chunks { chunk.withUnsafeBufferPointer { counts.add($0) } }
        columns.append(
          Column(name: feature.name(of: column.name), cells: .categorical(counts.counts)))
      }
    }
    return Baseline(
      columns: try Dataset(columns, unloaded: Self.unloaded(names, requests)),
      header: names, unnamed: options.leftOut(ofUnnamed: unnamed), hasNames: hasNames,
      current: other?.source)
  }

  /// The names that a baseline of arrays takes from the current data, and the table there, when it was
  /// opened for them.
  func namesForBaseline() throws -> (names: ArrayNames, source: TableSource?) {
    func found(_ names: [String]?, unnamed: [String] = []) -> ArrayNames {
      ArrayNames(
        array: options.baseline, other: options.current, names: names, unnamed: unnamed)
    }
    guard let first = options.current.first, try !InputStreams.isReadOnce(first) else {
      return (found(nil), nil)
    }
    // The beginning of a stream is left to those who look at it later.
    let isWhole = try !options.current.contains(where: InputStreams.isReadOnce)
    let paths = isWhole ? options.current : [first]
    if try paths.map(streams.format)[0] == .profile {
      let memory = MemoryBudget.bytes(option: options.memoryLimit)
      return (found(try ProfileFile.read(first, streams, memory: memory).columnNames), nil)
    }
    let source = try reader.open(paths.map(streams.table))
    let schema = source.schema
    return (
      found(schema.hasNames ? schema.columnNames : nil, unnamed: schema.unnamed),
      isWhole ? source : nil
    )
  }

  /// Reads the current table: the features of the detector, as the kinds that they have there. Its
  /// numbers are profiled while they are read, and not kept.
  func current(
    for baseline: FittedBaseline, progress: (ReadingProgress) throws -> Void
  ) throws -> DatasetProfile {
    let source =
      try baseline.current
      ?? reader.open(
        options.current.map(streams.table), progress: { try progress(ReadingProgress($0)) })
    let other = ArrayNames(
      array: options.current, other: options.baseline, names: baseline.names)
    let names = try other.names(of: source.schema) ?? source.schema.columnNames
    if let header = baseline.header {
      try options.requireKnownIgnored(header + names, options.current)
    }
    let requests = names.map { name -> ColumnRequest in
      switch baseline.detector.kind(ofFeature: name) {
      case .numeric: .numeric
      case .categorical: .text
      case .time: .time
      case nil: .skip
      }
    }
    let levels = CountedLevels(
      memory: MemoryBudget.forLevels(MemoryBudget.bytes(option: options.memoryLimit)),
      textColumns: requests.count { $0 == .text })
    let numeric = names.indices.filter { [.numeric, .time].contains(requests[$0]) }
      .map { names[$0] }
    var rows = AccumulatedRows(
      baseline.detector.accumulator(ofColumns: numeric), levels,
      timeFeatures: baseline.detector.timeFeatures(besides: names))
    try source.read(
      into: &rows, requests, names: names, threads: threads,
      progress: { try progress(ReadingProgress($0)) })
    remarks.take(rows.counts, source.schema, .current) {
      rows.categories.sketch($0).forEachLevel($1)
    }
    let leftOut = options.leftOut(
      ofUnnamed: source.schema.hasNames ? source.schema.unnamed : baseline.unnamed
    ).filter { baseline.detector.kind(ofFeature: $0) == nil }
    let unread = Self.unloaded(names, requests)
    var profile = rows.profile(unread: unread.filter { !leftOut.contains($0) })
    profile.unnamed = leftOut
    return profile
  }

  /// How a side is named in the report: the first path, and how many there are besides.
  static func title(_ paths: [String]) -> String {
    let first = paths.first ?? ""
    return paths.count > 1 ? "\(first) (+\(paths.count - 1) more)" : first
  }

  /// What is known of the size of some inputs.
  struct Size {
    /// Their bytes, as many as can be when there are too many to look at.
    var bytes = 0
    /// How many bytes one may become when it is decompressed.
    var growth = 1
    var areArrays = false
  }

  /// The size of some inputs. Of a stream at most one byte more than `most` is looked at; nil when it
  /// is one of several, or there is something else than files.
  func size(_ paths: [String], most: Int) throws(CSVError) -> Size? {
    var size = Size()
    for path in paths {
      let isStream = try InputStreams.isReadOnce(path)
      var info = stat()
      guard isStream ? paths.count == 1 : stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
      else { return nil }
      // Of a stream more is read than its format takes.
      let beginning = isStream ? try streams.beginning(path, most.addingSaturated(1)) : []
      let format = try streams.format(path)
      size.areArrays = size.areArrays || format == .numpy
      let growth = format == .compressed ? 20 : 1
      size.growth = max(size.growth, growth)
      if isStream {
        size.bytes =
          beginning.count > most ? .max : beginning.count.multipliedSaturated(by: growth)
      } else {
        size.bytes = size.bytes.addingSaturated(
          Int(info.st_size).multipliedSaturated(by: growth))
      }
    }
    return size
  }

  /// The columns that are skipped, in order.
  private static func unloaded(_ names: [String], _ requests: [ColumnRequest]) -> [String] {
    zip(names, requests).filter { $1 == .skip }.map(\.0)
  }

  static func counts(_ tally: LevelTally) -> LevelCounts {
    LevelCounts(
      levelCount: tally.distinctCount, bytes: tally.textSize, missing: tally.missing,
      forEachLevel: tally.forEachLevel)
  }
}
