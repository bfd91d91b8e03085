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
  /// A column is numeric until a cell in any of the files says that it is not: unless that is in the
  /// first chunk of the first file, the files so far are read again. Whole files, not, as a reader that
  /// keeps numbers does, only the chunks and columns in question: what was summarised of a column, and
  /// the rows that were sampled by all of them, cannot be taken back out of a profile.
  func profile(_ paths: [String], progress: (ReadingProgress) throws -> Void) throws
    -> DatasetProfile
  {
    let inputs = paths.map(streams.table)
    var text = Set<ByteString>()
    var isAgain = false
    again: while true {
      var parts = ProfiledParts()
      remarks.restart(.baseline)
      var bytesBefore = 0
      for (place, path) in paths.enumerated() {
        var bytesOfPart = 0
        let part = try profile(path, inputs[place], isFirst: place == 0, text: &text) { part in
          var whole = part
          whole.share = part.share.map { (Double(place) + $0) / Double(paths.count) }
          whole.bytes = part.bytes.addingSaturated(bytesBefore)
          whole.isAgain = isAgain
          bytesOfPart = part.bytes
          try progress(whole)
        }
        bytesBefore = bytesBefore.addingSaturated(bytesOfPart)
        guard part.turnedOut.isEmpty else {
          if let gone = try inputs[...place].firstIndex(where: InputStreams.isReadOnce) {
            throw InputError(
              file: paths[gone],
              detail:
                "column '\(part.turnedOut[0])' has text behind numbers or empty cells, and the input "
                + "cannot be read twice; give '--categorical' or '--numeric' for it")
          }
          text.formUnion(part.turnedOut.map { ByteString($0) })
          isAgain = true
          continue again
        }
        try parts.add(part.profile)
      }
      guard var whole = try parts.whole() else { return DatasetProfile.empty }
      let kinds = whole.columnKinds
      try options.requireKinds(file: InputTables.title(paths)) { kinds[Level($0)] }
      whole.settle(profile, work: PieceWork(instructionSet: work.instructionSet, threads: threads))
      return whole
    }
  }

  /// Profiles one file. `turnedOut` are columns that were taken for numeric, here or in a file before,
  /// and are not. Those that the first one begins with are added to `text`.
  private func profile(
    _ path: String, _ input: TableInput, isFirst: Bool, text: inout Set<ByteString>,
    progress: (ReadingProgress) throws -> Void
  ) throws -> (profile: DatasetProfile, turnedOut: [String]) {
    let source = try reader.open([input], progress: { try progress(ReadingProgress($0)) })
    let names = try arrayNames?.names(of: source.schema) ?? source.schema.columnNames
    try options.requireKnown(names, file: path)
    let wanted = requests(names, text: text)
    let requests = try source.deciding(wanted)

    // A guess is numeric until a cell behind the first chunk, or in another file, says that it is not.
    let guesses = names.indices.filter { wanted[$0] == .automatic }
    var turnedOut: [String] = []
    let found = guesses.filter { requests[$0] == .text }.map { names[$0] }
    if isFirst { text.formUnion(found.map { ByteString($0) }) } else { turnedOut += found }

    let numeric = names.indices.filter { requests[$0] == .numeric }.map { names[$0] }
    let levels = CountedLevels(
      memory: MemoryBudget.forLevels(MemoryBudget.bytes(option: options.memoryLimit)),
      textColumns: requests.count { $0 == .text })
    var rows = AccumulatedRows(try accumulator(numeric, path), levels)
    try source.read(
      into: &rows, requests, names: names, threads: threads,
      progress: { try progress(ReadingProgress($0)) })
    remarks.take(rows.counts, source.schema, .baseline) {
      rows.categories.sketch($0).forEachLevel($1)
    }
    let guessed = Set(guesses.map { ByteString(names[$0]) })
    turnedOut += rows.counts.columns.filter {
      !$0.isText && $0.unparseable > 0 && guessed.contains(ByteString($0.name))
    }.map(\.name)
    var profile = rows.profile()
    if isPart { profile.sealSegment() }
    return (profile, turnedOut)
  }

  /// What is wanted of each column; `text` are those that are known to be text.
  private func requests(_ names: [String], text: Set<ByteString>) -> [ColumnRequest] {
    let kinds = edges?.columnKinds
    return zip(names, names.map(options.requests())).map { name, request in
      guard request == .automatic else { return request }
      if let kind = kinds?[Level(name)] { return kind == .numeric ? .numeric : .text }
      return text.contains(ByteString(name)) ? .text : .automatic
    }
  }

  /// Standard input has no name, and that of a FIFO says nothing: profiles of many of them may be merged.
  private func segment(_ path: String) throws -> String {
    let isNameless = try path == "-" || (options.inputs.count == 1 && InputStreams.isReadOnce(path))
    return isNameless ? options.output : path
  }

  private func accumulator(_ numeric: [String], _ path: String) throws -> RowAccumulator {
    var profile = profile
    profile.exactValues = memory / (8 * max(1, numeric.count))
    return RowAccumulator(
      numericColumns: numeric, options: profile,
      segment: isPart ? try segment(path) : nil, edges: edges, work: work)
  }
}
