internal import Checked
internal import DriftDetection
internal import DriftReport
internal import Tabular

extension TablePair {
  /// Reads and fits the baseline, whose numbers are gone when this returns.
  func fit(_ tables: InputTables, _ times: inout PhaseTimes) throws -> FittedBaseline {
    if try ProfileFile.areProfiles(options.baseline, streams) {
      let profile = try ProfileFile.merged(options.baseline, streams, memory: memory)
      times.end("reading_baseline")
      defer { times.end("fitting_baseline") }
      let file = InputTables.title(options.baseline)
      remarks.take(profile: file, rows: profile.rowCount, .baseline)
      try options.requireKnown(profile.columnNames, file: file)
      let kinds = profile.columnKinds
      for (flag, names, kind) in [
        ("--categorical", options.categorical, ColumnKind.categorical),
        ("--numeric", options.numeric, .numeric),
      ] {
        if let name = names.first(where: { kinds[Level($0)] != kind }) {
          throw InputError(
            file: file,
            detail: "'\(name)' is not \(kind.rawValue) in the profile; give \(flag) to "
              + "'drift-check profile' already")
        }
      }
      try options.requireKinds(file: file) { kinds[Level($0)] }
      return FittedBaseline(
        detector: try naming(options.baseline) {
          try DriftDetector(baseline: profile, configuration: configuration)
        }, names: profile.columnNames)
    }
    let size = try tables.size(options.baseline, most: min(fitting.text, Self.mostOfStream))
    if let size, let (profile, other) = try profileOfLarge(size, tables) {
      times.end("reading_baseline")
      defer { times.end("fitting_baseline") }
      let kinds = profile.columnKinds
      try options.requireKinds(file: InputTables.title(options.baseline)) { kinds[Level($0)] }
      return FittedBaseline(
        detector: try naming(options.baseline) {
          try DriftDetector(baseline: profile, configuration: configuration)
        }, names: size.areArrays ? nil : profile.columnNames, unnamed: profile.unnamed,
        current: other)
    }
    let baseline = try tables.baseline {
      if options.configuration.compatibility != .none {
        try requireRoom($0.bytes.multipliedSaturated(by: size?.growth ?? 1))
      }
      progress.show("reading the baseline", $0)
      try meter.check(options.baseline)
    }
    times.end("reading_baseline")
    defer { times.end("fitting_baseline") }
    try options.requireKinds(file: InputTables.title(options.baseline)) {
      baseline.columns[$0]?.kind
    }
    return FittedBaseline(
      detector: try naming(options.baseline) {
        try DriftDetector(baseline: baseline.columns, configuration: configuration) {
          progress.show("profiling the baseline", $0)
        }
      }, names: baseline.hasNames ? baseline.header : nil, unnamed: baseline.unnamed,
      header: baseline.header, current: baseline.current)
  }

  /// The bytes of a stream that are kept to find out whether it is large.
  private static let mostOfStream = 16 << 20

  /// The bytes of a baseline whose numbers are sure to fit into memory.
  private var fitting: (text: Int, arrays: Int) {
    // In text a number of eight bytes takes two at least: a digit and what ends it. A level takes
    // more, in the table of each thread and in that of all. In arrays numbers of four bytes or more
    // become eight.
    let memory = MemoryBudget.forValues(memory)
    return (memory / 32, memory / 4)
  }

  /// The profile of a baseline whose numbers might not fit into memory, or of a long stream, and the
  /// current table, if it was opened to name the columns; nil when they do.
  private func profileOfLarge(
    _ size: InputTables.Size, _ tables: InputTables
  ) throws -> (profile: DatasetProfile, current: TableSource?)? {
    guard options.configuration.compatibility == .none else {
      if size.bytes < .max { try requireRoom(size.bytes) }
      return nil
    }
    guard size.bytes > (size.areArrays ? fitting.arrays : fitting.text) else { return nil }
    let other = size.areArrays ? try tables.namesForBaseline() : nil
    let profiler = TableProfiler(
      options, profile: options.profileOptions, streams: streams, remarks: remarks, edges: nil,
      memory: MemoryBudget.forValues(memory), threads: configuration.threads,
      instructionSet: configuration.instructionSet, isPart: options.baseline.count > 1,
      arrayNames: other?.names)
    let profile = try profiler.profile(options.baseline) {
      progress.show("reading the baseline", $0)
      try meter.check(options.baseline)
    }
    return (profile, other?.source)
  }

  /// Refuses a baseline for an older job's bins, which need every value, that may not fit: numbers
  /// have some eight bytes in text, as in memory.
  private func requireRoom(_ size: Int) throws(InputError) {
    let memory = MemoryBudget.forValues(memory)
    guard size > memory else { return }
    throw InputError(
      file: InputTables.title(options.baseline),
      detail:
        "has \((size - 1) >> 20 + 1) MB, and the bins of churn-mlops need all its numbers in memory, for "
        + "which the memory limit leaves \(memory >> 20) MB; give a higher --memory-limit, or leave "
        + "out --psi-compat")
  }
}
