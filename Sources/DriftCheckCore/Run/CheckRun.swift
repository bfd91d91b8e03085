internal import CInstructionSets
internal import DriftKit
internal import DriftReport
internal import Glibc
internal import Tabular

/// The main job: reads both tables, checks them, writes the report and says what was found.
struct CheckRun {
  let options: CheckOptions
  let configuration: DriftConfiguration
  private let generatedAt: String
  private let metrics: MetricsOutput
  let logger: Logger
  let inFlight: OutputInFlight
  let environment: Environment
  let streams = InputStreams()
  private let usesColor: Bool
  let progress: ProgressLine
  let meter: MemoryMeter

  /// Prepares a run. Whatever can be refused before the work is refused here.
  ///
  /// - Throws: `UsageError` for the environment, `OutputError` when the report could not be written,
  ///   `CSVError` for a pattern that no input matches.
  init(
    _ options: CheckOptions, environment: Environment, logger: Logger, inFlight: OutputInFlight
  ) throws {
    var named = options
    named.baseline = try TableParts.files(options.baseline)
    named.current = try TableParts.files(options.current)
    named.mmdSums = try options.mmdSums.flatMap(InputPattern.files)
    try named.checkOutputs()
    try named.requireRoomForSums()
    self.options = named
    meter = MemoryMeter(option: options.memoryLimit)
    self.logger = logger
    self.inFlight = inFlight
    let threads = try ProductMemory.threads(
      ProcessorQuota.threads(option: options.threads, environment), for: options)
    let instructionSet = try InstructionSet(environment)
    configuration = options.configuration(
      threads: threads, instructionSet: instructionSet,
      permutationSums: try MaximumMeanDiscrepancy.PermutationSums(environment))
    generatedAt = try Timestamp.generatedAt(environment)
    usesColor =
      switch options.color {
      case .always: true
      case .never: false
      case .auto:
        StandardStreams.wantsColor(
          environment, isTerminal: StandardStreams.isTerminal(STDOUT_FILENO))
      }
    self.environment = environment
    progress = ProgressLine(options, environment, logger.statusLine)
    try AtomicFile.preflight(options.output)
    metrics = try MetricsOutput(options, environment: environment)
    if let htmlFile = options.htmlFile { try AtomicFile.preflight(htmlFile) }
  }

  /// - Returns: The code that the verdict asks for.
  /// - Throws: Whatever keeps the check from being made or reported.
  func run() throws -> ExitCode {
    logStart()
    defer { progress.clear() }
    var times = PhaseTimes()
    let result = try check(&times)
    progress.clear()
    let report = Report(
      result,
      context: Report.Context(
        baseline: InputTables.title(options.baseline),
        current: InputTables.title(options.current), generatedAt: generatedAt,
        version: Version.current, model: options.model, seed: options.seed, alpha: options.alpha,
        warnAlpha: options.warnAlpha, configuration: configuration,
        memoryLimitName: "--memory-limit"))
    try AtomicFile.write(to: options.output, inFlight: inFlight) { take throws(OutputError) in
      try report.writeJSON(take)
    }
    if let htmlFile = options.htmlFile {
      try AtomicFile.write(report.html(), to: htmlFile, inFlight: inFlight)
    }
    CheckEvents(logger: logger, options: options).log(report, times)
    // The report and the verdict are out: what follows cannot hide them.
    let isPushed = try metrics.write(
      report, duration: times.total, logger: logger, inFlight: inFlight)
    try show(report)
    return isPushed ? exitCode(result.status) : .temporaryFailure
  }

  private func check(_ times: inout PhaseTimes) throws -> DriftResult {
    // First: sums that cannot be used are known before the tables are read.
    let sums = try SumsFile.merged(options.mmdSums, memory: memory)
    let (detector, current) = try read(&times)
    defer { times.end("testing") }
    return try naming(options.current) {
      try SumsFile.naming(options.mmdSums) {
        try options.requireRoom(forDiscrepancy: detector.discrepancySize(of: current))
        return try detector.check(current, partialSums: sums) {
          showTesting($0)
          try meter.check(options.current)
        }
      }
    }
  }

  /// Reads both sides.
  func read(_ times: inout PhaseTimes) throws -> (detector: DriftDetector, current: CurrentData) {
    let tables = InputTables(
      options, streams, threads: configuration.threads,
      instructionSet: configuration.instructionSet)
    // Known before a stream is handed over.
    let isProfiled = try ProfileFile.areProfiles(options.baseline, streams)
    let baseline = try fit(tables, &times)
    let detector = baseline.detector
    defer { times.end("reading_current") }
    if try ProfileFile.areProfiles(options.current, streams) {
      if isProfiled, options.missingValues != nil {
        throw InputError(
          file: InputTables.title(options.current),
          detail: "a profile, as the baseline is, and --missing-values changes neither; give it to "
            + "'drift-check profile' already, or leave it out")
      }
      let profile = try ProfileFile.merged(options.current, streams, memory: memory)
      return (detector, try naming(options.current) { try detector.currentData(profile) })
    }
    let current = try tables.current(for: baseline) {
      progress.show("reading the current data", $0)
      try meter.check(options.current)
    }
    return (detector, current)
  }

  /// The bytes that the program may take.
  var memory: Int { options.memoryBudget }

  /// Puts the file in front of what is said against its data, and the place in the configuration
  /// file in front of what is said against that.
  func naming<Value>(_ paths: [String], _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DriftError {
      if let configurationError = options.configurationError(error) { throw configurationError }
      guard error.code != .invalidConfiguration else { throw error }
      throw InputError(file: InputTables.title(paths), detail: error.message)
    }
  }

  func logStart() {
    guard options.logFormat == .json else { return }
    logger.log(
      .info, "start", nil,
      [
        ("version", .string(Version.current)),
        ("baseline", .string(InputTables.title(options.baseline))),
        ("current", .string(InputTables.title(options.current))),
        ("output", .string(options.output)), ("threads", .int(configuration.threads)),
        ("model", options.model.map { .string($0) } ?? .null),
      ])
  }

  private func show(_ report: Report) throws(OutputError) {
    guard !options.isQuiet else { return }
    var output = BufferedWriter()
    switch options.format {
    case .json: try report.writeJSON { piece throws(OutputError) in try output.write(piece) }
    case .text: try output.write(text(report))
    }
    try output.flush()
  }

  /// What a person at a terminal needs, or what whoever reads a pipe relies on.
  private func text(_ report: Report) -> String {
    guard StandardStreams.isTerminal(STDOUT_FILENO) else {
      return report.text(color: usesColor, reportPath: options.output)
    }
    return report.terminalText(
      TerminalStyle(
        width: StandardStreams.terminalWidth(of: STDOUT_FILENO, environment),
        usesColor: usesColor, usesUnicode: StandardStreams.isUnicode(environment)),
      options: .init(
        reportPath: options.output, pagePath: options.htmlFile,
        endsWithZero: options.failOn == .fail))
  }

  /// Nearly all of the time goes to the kernel test.
  private func showTesting(_ share: Double) {
    let begin = DriftDetector.discrepancyBegins
    guard options.runsMMD, share >= begin else {
      progress.show("comparing the features", share / begin)
      return
    }
    let share = (share - begin) / (1 - begin)
    let causes = DriftDetector.causesBegin
    if share <= causes {
      progress.show("MMD, \(options.permutations) permutations", share / causes)
    } else if share < 1 {
      // Without drift it goes to 1 at once, and there are no causes.
      progress.show("MMD, causes", (share - causes) / (1 - causes))
    }
  }

  private func exitCode(_ status: DriftStatus) -> ExitCode {
    switch options.failOn {
    case .fail: status == .fail ? .drift : .success
    case .warn: status == .ok ? .success : .drift
    case .never: .success
    }
  }
}
