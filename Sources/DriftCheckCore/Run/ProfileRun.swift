internal import CInstructionSets
internal import DriftKit
internal import DriftReport
internal import Glibc
internal import Tabular

/// The commands `profile` and `merge`: writes a profile, and says what is in it.
struct ProfileRun {
  private let options: CheckOptions
  private let inputs: [String]
  private let threads: Int
  private let instructionSet: InstructionSet
  private let logger: Logger
  private let inFlight: OutputInFlight
  private let progress: ProgressLine
  private let streams = InputStreams()

  /// Prepares a run. Whatever can be refused before the work is refused here.
  ///
  /// - Throws: `UsageError` for the environment, `OutputError` when the profile could not be written,
  ///   `CSVError` for a pattern that no input matches.
  init(
    _ options: CheckOptions, environment: Environment, logger: Logger, inFlight: OutputInFlight
  ) throws {
    var named = options
    named.inputs = try TableParts.files(options.inputs)
    try named.checkOutputs()
    self.options = named
    self.logger = logger
    self.inFlight = inFlight
    threads = try ProcessorQuota.threads(option: options.threads, environment)
    instructionSet = try InstructionSet(environment)
    inputs = try options.shard?.select(named.inputs, environment) ?? named.inputs
    progress = ProgressLine(options, environment, logger.statusLine)
    try AtomicFile.preflight(options.output)
  }

  /// - Returns: Success; nothing else is told by a code.
  /// - Throws: Whatever keeps the profile from being made or written.
  func run() throws -> ExitCode {
    defer { progress.clear() }
    var profile =
      switch options.command {
      case .merge:
        try ProfileFile.merged(
          inputs, streams, memory: MemoryBudget.bytes(option: options.memoryLimit)
        ) { progress.show("merging", $0) }
      default: try read()
      }
    if options.command == .merge {
      profile.settle(
        options.profile, work: PieceWork(instructionSet: instructionSet, threads: threads))
    }
    let bytes = profile.encoded()
    try AtomicFile.write(bytes, to: options.output, inFlight: inFlight)
    progress.clear()
    logger.log(
      .info, options.command.rawValue, nil,
      [
        ("output", .string(options.output)), ("rows", .int(profile.rowCount)),
        ("columns", .int(profile.columnNames.count)), ("bytes", .int(bytes.count)),
        ("sketched", .strings(profile.sketchedColumns)),
        ("levels_dropped", .strings(profile.columnsWithDroppedLevels)),
      ])
    try show(profile, size: bytes.count)
    return .success
  }

  private func read() throws -> DatasetProfile {
    let memory = MemoryBudget.bytes(option: options.memoryLimit)
    let edges = try options.edgesFrom.map {
      try ProfileFile.read($0, streams, memory: memory)
    }
    let profiler = TableProfiler(
      options, profile: options.profile, streams: streams, edges: edges,
      memory: MemoryBudget.forValues(memory),
      threads: threads, instructionSet: instructionSet)
    let meter = MemoryMeter(option: options.memoryLimit)
    return try profiler.profile(inputs) {
      progress.show("profiling", $0)
      try meter.check(inputs)
    }
  }

  private func show(_ profile: DatasetProfile, size: Int) throws(OutputError) {
    guard !options.isQuiet else { return }
    var output = BufferedWriter()
    let name = PlainText.neutralised(options.output)
    try output.write(
      "\(name): \(profile.rowCount) rows, \(profile.columnNames.count) columns, \(size) bytes\n")
    if !profile.sketchedColumns.isEmpty {
      try output.write(
        "quantiles from a sketch (ranks within \(profile.rankError * 100) %): "
          + profile.sketchedColumns.map(PlainText.neutralised).joined(separator: ", ") + "\n")
    }
    if !profile.columnsWithDroppedLevels.isEmpty {
      try output.write(
        "more levels than memory holds, rare ones dropped: "
          + profile.columnsWithDroppedLevels.map(PlainText.neutralised).joined(separator: ", ")
          + "\n")
    }
    try output.flush()
  }
}

extension CheckOptions {
  /// What a profile holds.
  var profile: DatasetProfile.Options {
    var profile = DatasetProfile.Options()
    profile.binning = psiBinning == .quantile ? .quantile(bins: psiBins) : .uniform(bins: psiBins)
    profile.featureBinning = featureBinning
    profile.sampledRows = keepsRows ? mmdMaxRows : 0
    profile.seed = seed
    return profile
  }
}
