internal import DriftKit
internal import Tabular

/// Reads the two tables of a check.
struct InputTables {
  private let options: CheckOptions
  private let reader: CSVReader
  private let threads: Int

  /// Reads what the options name, on so many threads.
  init(_ options: CheckOptions, threads: Int) {
    self.options = options
    self.threads = threads
    var csv = CSVOptions()
    if let delimiter = options.delimiter { csv.delimiter = delimiter }
    if let missing = options.missingValues {
      csv.missingValues = Set(missing.map { ByteString($0) })
    }
    reader = CSVReader(options: csv)
  }

  /// Reads the baseline: the columns that are to be checked, of the kinds that its cells have.
  func baseline(progress: (Double?) throws -> Void) throws -> Dataset {
    let excluded = Set(options.exclude.map { ByteString($0) })
    let wanted = options.features.map { Set($0.map { ByteString($0) }) }
    let categorical = Set(options.categorical.map { ByteString($0) })
    let numeric = Set(options.numeric.map { ByteString($0) })
    return try read(options.baseline, progress: progress) { names in
      try requireKnown(names)
      return names.map { name in
        let key = ByteString(name)
        if excluded.contains(key) || wanted?.contains(key) == false { return .skip }
        return categorical.contains(key) ? .text : numeric.contains(key) ? .numeric : .automatic
      }
    }
  }

  /// Reads the current table: the baseline's features, as the kinds that they have there.
  func current(like baseline: Dataset, progress: (Double?) throws -> Void) throws -> Dataset {
    try read(options.current, progress: progress) { names in
      names.map { name in
        switch baseline[name]?.kind {
        case .numeric: .numeric
        case .categorical: .text
        case nil: .skip
        }
      }
    }
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

  private func read(
    _ paths: [String], progress: (Double?) throws -> Void,
    plan: ([String]) throws -> [ColumnRequest]
  ) throws -> Dataset {
    var header: [String] = []
    let inputs = paths.map { $0 == "-" ? CSVInput.standardInput : .file($0) }
    let table = try reader.read(
      inputs,
      plan: { names in
        header = names
        return try plan(names)
      },
      threads: threads,
      progress: { state in
        try progress(state.bytesTotal.map { $0 == 0 ? 1 : Double(state.bytesRead) / Double($0) })
      })
    let loaded = Set(table.columns.map { ByteString($0.name) })
    return try Dataset(
      table.columns.map { try Self.column($0) },
      unloaded: header.filter { !loaded.contains(ByteString($0)) })
  }

  private static func column(_ column: TableColumn) throws -> Column {
    switch column.cells {
    case .numbers(let numbers):
      return Column(
        name: column.name,
        cells: .numeric(numbers.values, unparseable: numbers.unparseable))
    case .text(let tally):
      let counts = tally.sortedLevels().map { (Level(bytes: $0.level.bytes), $0.count) }
      return Column(
        name: column.name,
        cells: .categorical(
          try LevelCounts(
            counts: Dictionary(uniqueKeysWithValues: counts), missing: tally.missing)))
    }
  }
}
