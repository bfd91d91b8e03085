internal import CInstructionSets
internal import Checked
internal import DriftDetection
internal import DriftReport
internal import Tabular

/// Profiles files in one pass each, whatever their size.
struct TableProfiler {
  private let options: CheckOptions
  private let profile: DatasetProfile.Options
  private let streams: InputStreams
  private let remarks: InputRemarks
  private let edges: DatasetProfile?
  private let reader: TableReader
  private let threads: Int
  /// Bytes that the values of all columns may take.
  private let memory: Int
  private let work: PieceWork
  /// Whether the profile may be merged with those of other parts of the table.
  private let isPart: Bool
  /// The names that arrays take; nil for `x0`, `x1`, ...
  private let arrayNames: ArrayNames?

  /// - Parameters:
  ///   - options: What is read, and how.
  ///   - profile: What is kept.
  ///   - streams: Inputs of which some may have been read.
  ///   - remarks: Get what is worth knowing of the files.
  ///   - edges: A profile whose bins rows are counted by; nil to choose bins.
  ///   - memory: Bytes that the values of all columns may take; quantiles of more are from a sketch.
  ///   - threads: How many threads to use.
  ///   - instructionSet: What the inner loops run with.
  ///   - isPart: Whether the profile may be merged with those of other parts of the table. The rows
  ///     for MMD are those that are drawn from the table otherwise, of one file.
  ///   - arrayNames: The names that arrays take; nil for `x0`, `x1`, ...
  init(
    _ options: CheckOptions, profile: DatasetProfile.Options, streams: InputStreams,
    remarks: InputRemarks, edges: DatasetProfile?, memory: Int, threads: Int,
    instructionSet: InstructionSet,
    isPart: Bool = true, arrayNames: ArrayNames? = nil
  ) {
    self.arrayNames = arrayNames
    self.options = options
    self.profile = profile
    self.streams = streams
    self.remarks = remarks
    self.isPart = isPart
    self.edges = edges
    self.threads = threads
    self.memory = memory
    work = PieceWork(instructionSet: instructionSet)
    reader = TableReader(options: options.csv(instructionSet))
  }

  /// Profiles the files as parts of one table.
  ///
  /// What a column is read as is guessed by the first rows of the first file, and found out by all rows
  /// of all files: where the guess was wrong, the files are read again. Whole files, not, as a reader that
  /// keeps numbers does, only the chunks and columns in question: what was summarised of a column, and
  /// the rows that were sampled by all of them, cannot be taken back out of a profile.
  func profile(_ paths: [String], progress: (ReadingProgress) throws -> Void) throws
    -> DatasetProfile
  {
    let inputs = paths.map(streams.table)
    var kinds = ProfiledKinds()
    while true {
      var parts = ProfiledParts()
      remarks.restart()
      var bytesBefore = 0
      let isAgain = kinds.isAgain
      for (place, path) in paths.enumerated() {
        var bytesOfPart = 0
        let part = try profile(path, inputs[place], &kinds) { part in
          var whole = part
          whole.share = part.share.map { (Double(place) + $0) / Double(paths.count) }
          whole.bytes = part.bytes.addingSaturated(bytesBefore)
          whole.isAgain = isAgain
          bytesOfPart = part.bytes
          try progress(whole)
        }
        bytesBefore = bytesBefore.addingSaturated(bytesOfPart)
        try parts.add(part)
      }
      if let wrong = kinds.misread {
        if let gone = try inputs.firstIndex(where: InputStreams.isReadOnce) {
          throw InputError.misread(wrong.name, as: wrong.kind, file: paths[gone])
        }
        kinds.begin()
        continue
      }
      guard var whole = try parts.whole() else { return DatasetProfile.empty }
      kinds.complete(&whole)
      let file = InputTables.title(paths)
      let columnKinds = whole.columnKinds
      try options.requireKinds(file: file) { columnKinds[Level($0)] }
      try options.requireForcedValues(whole, file: file)
      whole.settle(profile, work: PieceWork(instructionSet: work.instructionSet, threads: threads))
      return whole
    }
  }

  /// Profiles one file.
  private func profile(
    _ path: String, _ input: TableInput, _ kinds: inout ProfiledKinds,
    progress: (ReadingProgress) throws -> Void
  ) throws -> DatasetProfile {
    let source = try reader.open([input], progress: { try progress(ReadingProgress($0)) })
    let names = try arrayNames?.names(of: source.schema) ?? source.schema.columnNames
    try options.requireKnown(options.namesWithTimeFeatures(names), file: path)
    let unnamed = arrayNames?.unnamed ?? source.schema.unnamed
    let wanted = requests(names, unnamed: unnamed)
    let requests = kinds.requests(names, wanted, guesses: try source.deciding(wanted))
    let numeric = names.indices.filter { [.numeric, .time].contains(requests[$0]) }
    let levels = CountedLevels(
      memory: MemoryBudget.forLevels(MemoryBudget.bytes(option: options.memoryLimit)),
      textColumns: requests.count { $0 == .text })
    let times = names.indices.filter { requests[$0] == .time }.map { names[$0] }
    var rows = AccumulatedRows(
      try accumulator(numeric.map { names[$0] }, times: times, path), levels,
      timeFeatures: options.timeFeatures(besides: names))
    try source.read(
      into: &rows, requests, names: names, threads: threads,
      progress: { try progress(ReadingProgress($0)) })
    remarks.take(rows.counts, source.schema, .baseline) {
      rows.categories.sketch($0).forEachLevel($1)
    }
    kinds.add(rows.counts)
    var profile = rows.profile()
    profile.unnamed = options.leftOut(ofUnnamed: unnamed)
    if isPart { profile.sealSegment() }
    return profile
  }

  /// What is wanted of each column.
  private func requests(_ names: [String], unnamed: [String]) -> [ColumnRequest] {
    let kinds = edges?.columnKinds
    return zip(names, names.map(options.requests(unnamed: unnamed))).map { name, request in
      guard request == .automatic, let kind = kinds?[Level(name)] else { return request }
      switch kind {
      case .numeric: return .numeric
      case .categorical: return .text
      case .time: return .time
      }
    }
  }

  /// Standard input has no name, and that of a FIFO says nothing: profiles of many of them may be merged.
  private func segment(_ path: String) throws -> String {
    let isNameless = try path == "-" || (options.inputs.count == 1 && InputStreams.isReadOnce(path))
    return isNameless ? options.output : path
  }

  private func accumulator(
    _ numeric: [String], times: [String], _ path: String
  ) throws -> RowAccumulator {
    var profile = profile
    profile.exactValues = memory / (8 * max(1, numeric.count))
    return RowAccumulator(
      numericColumns: numeric, times: times, options: profile,
      segment: isPart ? try segment(path) : nil, edges: edges, work: work)
  }
}
