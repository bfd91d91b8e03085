internal import CInstructionSets
internal import DriftKit
internal import Tabular

/// Reads the two tables of a check.
struct InputTables {
  private let options: CheckOptions
  private let reader: CSVReader
  private let threads: Int
  /// The columns of the baseline, when it is text.
  private var baselineNames: [String]?

  /// Reads what the options name, on so many threads and with these instructions.
  init(_ options: CheckOptions, threads: Int, instructionSet: InstructionSet) {
    self.options = options
    self.threads = threads
    var csv = CSVOptions()
    csv.instructionSet = instructionSet
    if let delimiter = options.delimiter { csv.delimiter = delimiter }
    if let missing = options.missingValues {
      csv.missingValues = Set(missing.map { ByteString($0) })
    }
    reader = CSVReader(options: csv)
  }

  /// Reads the baseline: the columns that are to be checked, of the kinds that its cells have.
  mutating func baseline(progress: (Double?) throws -> Void) throws -> Dataset {
    let excluded = Set(options.exclude.map { ByteString($0) })
    let wanted = options.features.map { Set($0.map { ByteString($0) }) }
    let categorical = Set(options.categorical.map { ByteString($0) })
    let numeric = Set(options.numeric.map { ByteString($0) })
    var header: [String] = []
    var isArray = false
    let table = try reader.read(
      Self.inputs(options.baseline),
      arrayNames: { count in
        isArray = true
        guard let other = Self.inputs(options.current).first else { return nil }
        return try checked(
          reader.names(of: other), count, options.baseline, takenFrom: options.current)
      },
      plan: { names in
        header = names
        try requireKnown(names)
        return names.map { name in
          let key = ByteString(name)
          if excluded.contains(key) || wanted?.contains(key) == false { return .skip }
          return categorical.contains(key) ? .text : numeric.contains(key) ? .numeric : .automatic
        }
      }, threads: threads, progress: { try progress(Self.share($0)) })
    baselineNames = isArray ? nil : header
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

  /// Reads the current table: the features of the detector, as the kinds that they have there. Its
  /// numbers are profiled while they are read, and not kept.
  func current(for detector: DriftDetector, progress: (Double?) throws -> Void) throws
    -> CurrentData
  {
    var header: [String] = []
    var rows = CurrentRows(detector)
    let (places, features) = (rows.places, rows.stream.numericFeatures)
    let table = try reader.stream(
      Self.inputs(options.current),
      arrayNames: { count in
        try checked(baselineNames, count, options.current, takenFrom: options.baseline)
      },
      plan: { names in
        header = names
        let kinds = names.map { detector.kind(ofFeature: $0) }
        places.set(
          columns: zip(names, kinds).filter { $1 != nil }.map(\.0), features: features)
        return kinds.map { kind in
          switch kind {
          case .numeric: .numeric
          case .categorical: .text
          case nil: .skip
          }
        }
      }, threads: threads, consumer: &rows, progress: { try progress(Self.share($0)) })
    let ends = table.columns.map { column -> (name: String, end: CurrentStream.ColumnEnd) in
      switch column.cells {
      case .numbers(let numbers): (column.name, .numbers(unparseable: numbers.unparseable))
      case .text(let tally): (column.name, .levels(Self.counts(tally)))
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

  private func requireKnown(_ names: [String]) throws(InputError) {
    let known = Set(names.map { ByteString($0) })
    let asked = [
      ("--features", options.features ?? []), ("--categorical", options.categorical),
      ("--numeric", options.numeric),
    ]
    for (flag, features) in asked {
      for feature in features where !known.contains(ByteString(feature)) {
        let some = names.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
        throw InputError(
          file: Self.title(options.baseline),
          detail: "no column '\(feature)', which \(flag) asks for; the columns are \(some)"
            + (names.count > 10 ? ", ..." : ""))
      }
    }
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

  private static func inputs(_ paths: [String]) -> [CSVInput] {
    paths.map { $0 == "-" ? .standardInput : .file($0) }
  }

  private static func share(_ state: CSVReader.Progress) -> Double? {
    state.bytesTotal.map { $0 == 0 ? 1 : Double(state.bytesRead) / Double($0) }
  }

  /// The columns that were skipped, in order.
  private static func unloaded(_ header: [String], _ table: Table) -> [String] {
    let loaded = Set(table.columns.map { ByteString($0.name) })
    return header.filter { !loaded.contains(ByteString($0)) }
  }

  private static func counts(_ tally: LevelTally) -> LevelCounts {
    LevelCounts(
      levelCount: tally.distinctCount, bytes: tally.textSize, missing: tally.missing,
      forEachLevel: tally.forEachLevel)
  }
}
