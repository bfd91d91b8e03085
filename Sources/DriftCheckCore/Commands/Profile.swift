internal import CInstructionSets
internal import DriftDetection

/// Summarises a table in a file.
package struct Profile: Command {
  /// What a profile holds, and which of the files it is made of.
  package struct Options: OwnOptions {
    /// Whether rows are kept for the MMD test.
    package var keepsRows = true
    /// The profile whose bins rows are counted by; nil to choose bins.
    package var edgesFrom: String?

    package init() {}

    package var files: [String] { [edgesFrom].compactMap { $0 } }
  }

  package static let name = "profile"
  package static let summary = "Summarise a table in a file that takes its place in checks."
  package static let usage = "drift-check profile <file> ... --output <file> [options]"
  package static let takesFiles = true
  package static let flags =
    FlagTable.flags(
      FlagTable.everywhere.union(FlagTable.reading).union([
        "psi-bins", "psi-binning", "mmd-max-rows",
      ])) + [
      .toggle(
        "no-rows", .profile,
        help: "Keep no rows, for data that may not travel; the MMD test is left out then.",
        set: { $0[Options.self].keepsRows = false }),
      .value(
        "edges-from", .profile, metavar: "profile",
        help: "Count rows by the bins of this profile, as of the baseline, in one pass.",
        completion: .file,
        set: { options, text throws(InvalidValue) in
          options[Options.self].edgesFrom = try ValueParser.nonEmpty(text, what: "a profile")
        }),
      FlagTable.shard,
    ]

  package static func check(_ builder: OptionsBuilder) throws(UsageError) {
    try builder.requireInputs()
    try builder.require("output")
    try builder.checkFiles()
    try builder.refuseExcluded(by: "edges-from") { "\($0) gives the bins; leave out \($1)." }
    try builder.refuseExcluded(by: "no-rows") {
      "\($1) has no effect with \($0); choose one."
    }
    try builder.checkColumns()
    try builder.checkDialect()
  }

  private let output: ProfileOutput
  private let inputs: [String]

  package init(_ options: CheckOptions, in process: RunContext) throws {
    output = try ProfileOutput(options, in: process)
    let shard = try options.shard?.shard(process.environment) ?? .whole
    inputs = output.options.inputs.enumerated().compactMap { place, path in
      place % shard.count == shard.index ? path : nil
    }
    try AtomicFile.preflight(options.output)
  }

  package func run() throws -> ExitCode {
    defer { output.progress.clear() }
    try output.write(profile(), of: Self.self)
    return .success
  }

  private func profile() throws -> DatasetProfile {
    let options = output.options
    let memory = options.memoryBudget
    let streams = InputStreams()
    let edges = try options[Options.self].edgesFrom.map {
      try ProfileFile.read($0, streams, memory: memory)
    }
    let remarks = InputRemarks()
    let profiler = TableProfiler(
      options, profile: options.profileOptions, streams: streams, remarks: remarks, edges: edges,
      memory: MemoryBudget.forValues(memory), threads: output.threads,
      instructionSet: output.instructionSet)
    let meter = MemoryMeter(option: options.memoryLimit)
    let profile = try profiler.profile(inputs) {
      output.progress.show("profiling", $0)
      try meter.check(inputs)
    }
    output.progress.clear()
    for warning in remarks.encodingWarnings { output.warn(warning) }
    return profile
  }
}

extension CheckOptions {
  /// What a profile holds.
  var profileOptions: DatasetProfile.Options {
    var profile = DatasetProfile.Options()
    profile.binning = configuration.populationStability.binning
    profile.featureBinning = featureBinning
    profile.sampledRows = self[Profile.Options.self].keepsRows ? discrepancy.maximumRows : 0
    profile.seed = discrepancy.seed
    return profile
  }
}
