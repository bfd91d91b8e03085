internal import CInstructionSets
internal import DriftDetection
internal import DriftReport
internal import Glibc
internal import Tabular

/// The two tables of a check, to be read for a test or for a part of it.
struct TablePair {
  let options: CheckOptions
  let configuration: DriftConfiguration
  let generatedAt: String
  let process: RunContext
  let streams = InputStreams()
  let remarks = InputRemarks()
  let progress: ProgressLine
  let meter: MemoryMeter

  /// Prepares a run. Whatever can be refused before the work is refused here.
  ///
  /// - Parameters:
  ///   - options: What is asked for.
  ///   - process: The process of the run.
  ///   - keepsSums: Whether sums of permutations are kept in files.
  /// - Throws: `UsageError` for the environment, `OutputError` when the output could not be written,
  ///   `CSVError` for a pattern that no input matches.
  init(_ options: CheckOptions, in process: RunContext, keepsSums: Bool) throws {
    let environment = process.environment
    var named = options
    named.baseline = try TableParts.files(options.baseline)
    named.current = try TableParts.files(options.current)
    named.mmdSums = try options.mmdSums.flatMap(InputPattern.files)
    try named.checkOutputs()
    named.configuration.importance = try options.importance.map {
      try ImportanceFile(reading: $0).weights
    }
    if keepsSums { try named.requireRoomForSums() }
    self.options = named
    self.process = process
    meter = MemoryMeter(option: options.memoryLimit)
    var threads = try ProcessorQuota.threads(option: options.threads, environment)
    if options.runsMMD { threads = try ProductMemory.threads(threads) }
    let instructionSet = try InstructionSet(environment)
    configuration = named.detectorConfiguration(
      threads: threads, instructionSet: instructionSet,
      permutationSums: try MaximumMeanDiscrepancy.PermutationSums(environment))
    generatedAt = try Timestamp.generatedAt(environment)
    progress = ProgressLine(options, environment, process.logger.statusLine)
    try AtomicFile.preflight(options.output)
  }

  /// Reads both sides.
  func read(_ times: inout PhaseTimes) throws -> ReadTables {
    let tables = InputTables(
      options, streams, remarks, threads: configuration.threads,
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
      remarks.take(
        profile: InputTables.title(options.current), rows: profile.rowCount, .current)
      return ReadTables(detector: detector, current: profile, unnamed: baseline.unnamed)
    }
    let current = try tables.current(for: baseline) {
      progress.show("reading the current data", $0)
      try meter.check(options.current)
    }
    return ReadTables(
      detector: detector, current: current,
      unnamed: baseline.unnamed + current.unnamed.filter { !baseline.unnamed.contains($0) })
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
      guard ![.invalidConfiguration, .nothingGates].contains(error.code) else { throw error }
      throw InputError(file: InputTables.title(paths), detail: error.messageWithFlags)
    }
  }

  /// Tells those who read logs what begins.
  func logStart() {
    guard options.logFormat == .json else { return }
    process.logger.log(
      .info, "start", nil,
      [
        ("version", .string(Version.current)),
        ("baseline", .string(InputTables.title(options.baseline))),
        ("current", .string(InputTables.title(options.current))),
        ("output", .string(options.output)), ("threads", .int(configuration.threads)),
        ("model", options.model.map { .string($0) } ?? .null),
      ])
  }
}
