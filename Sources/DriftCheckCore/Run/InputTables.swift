internal import CInstructionSets
internal import Checked
internal import DriftKit
internal import Glibc
internal import Tabular

/// Reads the two tables of a check.
struct InputTables {
  private let options: CheckOptions
  private let streams: InputStreams
  private let reader: CSVReader
  private let threads: Int
  /// The columns of the baseline, when it is text.
  private var baselineNames: [String]?
  /// All columns of the baseline, when it was read as a table.
  private var baselineHeader: [String]?

  /// Reads what the options name, on so many threads and with these instructions; some of what can be
  /// read only one time may have been.
  init(
    _ options: CheckOptions, _ streams: InputStreams, threads: Int,
    instructionSet: InstructionSet
  ) {
    self.options = options
    self.streams = streams
    self.threads = threads
    reader = CSVReader(options: options.csv(instructionSet))
  }

  /// Reads the baseline: the columns that are to be checked, of the kinds that its cells have.
  mutating func baseline(progress: (ReadingProgress) throws -> Void) throws -> Dataset {
    var header: [String] = []
    var isArray = false
    let table = try reader.read(
      options.baseline.map(streams.table),
      arrayNames: { count in
        isArray = true
        return try namesOfBaselineArray(count)
      },
      plan: { names in
        header = names
        try options.requireKnown(names, file: Self.title(options.baseline))
        return names.map(options.requests())
      }, threads: threads, progress: { try progress(ReadingProgress($0)) })
    baselineNames = isArray ? nil : header
    baselineHeader = header
    return try Dataset(
      table.columns.map { column in
        switch column.cells {
        case .numbers(let numbers):
          Column(name: column.name, chunks: numbers.chunks, unparseable: numbers.unparseable)
        case .text(let tally):
          Column(name: column.name, cells: .categorical(Self.counts(tally)))
        }
      }, unloaded: Self.unloaded(header, table))
  }

  /// The names that a baseline of arrays takes from the current data; nil when these have none.
  func namesOfBaselineArray(_ count: Int) throws -> [String]? {
    guard let other = options.current.map(streams.table).first else { return nil }
    if let path = options.current.first, try !InputStreams.isReadOnce(path),
      DatasetProfile.isProfile(try streams.beginning(path))
    {
      let memory = MemoryBudget.bytes(option: options.memoryLimit)
      let names = try ProfileFile.read(path, streams, memory: memory).columnNames
      return try checked(names, count, options.baseline, takenFrom: options.current)
    }
    return try checked(
      reader.names(of: other), count, options.baseline, takenFrom: options.current)
  }

  /// Reads the current table: the features of the detector, as the kinds that they have there. Its
  /// numbers are profiled while they are read, and not kept.
  func current(
    for detector: DriftDetector, progress: (ReadingProgress) throws -> Void
  ) throws
    -> CurrentData
  {
    var header: [String] = []
    var rows = CurrentRows(detector)
    let levels = CountedLevels(
      memory: MemoryBudget.forLevels(MemoryBudget.bytes(option: options.memoryLimit)))
    let (places, features) = (rows.places, rows.stream.numericFeatures)
    let table = try reader.stream(
      options.current.map(streams.table),
      arrayNames: { count in
        try checked(baselineNames, count, options.current, takenFrom: options.baseline)
      },
      plan: { names in
        header = names
        if let baselineHeader {
          try options.requireKnownIgnored(baselineHeader + names, options.current)
        }
        let kinds = names.map { detector.kind(ofFeature: $0) }
        levels.begin(textColumns: kinds.count { $0 == .categorical })
        places.set(
          columns: zip(names, kinds).filter { $1 != nil }.map(\.0), features: features)
        return kinds.map { kind in
          switch kind {
          case .numeric: .numeric
          case .categorical: .text
          case nil: .skip
          }
        }
      }, threads: threads, consumer: &rows, levels: levels.taker,
      progress: { try progress(ReadingProgress($0)) })
    let ends = table.columns.enumerated().map {
      place, column -> (name: String, end: CurrentStream.ColumnEnd) in
      switch column.cells {
      case .numbers(let numbers): (column.name, .numbers(unparseable: numbers.unparseable))
      case .text(let tally):
        (column.name, .levels(LevelCounts(levels.sketch(place), missing: tally.missing)))
      }
    }
    return rows.stream.finish(
      ends, unloaded: Self.unloaded(header, table), rowCount: table.rowCount)
  }

  /// How a side is named in the report: the first path, and how many there are besides.
  static func title(_ paths: [String]) -> String {
    let first = paths.first ?? ""
    return paths.count > 1 ? "\(first) (+\(paths.count - 1) more)" : first
  }

  /// The names that an array takes from the other table, which has to have as many columns; nil
  /// when that one has none to give.
  private func checked(
    _ names: [String]?, _ count: Int, _ array: [String], takenFrom other: [String]
  ) throws(InputError) -> [String]? {
    guard let names, names.count != count else { return names }
    throw InputError(
      file: Self.title(array),
      detail: "the array has \(count) column\(count == 1 ? "" : "s"), but \(names.count) in "
        + "\(Self.title(other)), from which it takes its names; give the same columns on both sides"
    )
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
      let beginning = try streams.beginning(path, isStream ? most.addingSaturated(1) : 8)
      size.areArrays = size.areArrays || beginning.starts(with: [0x93] + "NUMPY".utf8)
      let isCompressed =
        beginning.starts(with: [0x1F, 0x8B]) || beginning.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
      let growth = isCompressed ? 20 : 1
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

  /// Takes the names of a profiled baseline, for arrays.
  mutating func takeNames(_ names: [String]) { baselineNames = names }

  /// The columns that were skipped, in order.
  private static func unloaded(_ header: [String], _ table: Table) -> [String] {
    let loaded = Set(table.columns.map { ByteString($0.name) })
    return header.filter { !loaded.contains(ByteString($0)) }
  }

  static func counts(_ tally: LevelTally) -> LevelCounts {
    LevelCounts(
      levelCount: tally.distinctCount, bytes: tally.textSize, missing: tally.missing,
      forEachLevel: tally.forEachLevel)
  }
}
