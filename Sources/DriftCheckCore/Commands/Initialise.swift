internal import CInstructionSets
internal import DriftDetection
internal import DriftReport

/// Prints a configuration for a table: which columns are compared, as what, and the limits there are.
package struct Initialise: Command {
  package static let name = "init"
  package static let summary = "Print a configuration for the columns of a table, with comments."
  package static let usage = "drift-check init <file> ... [options]"
  package static let takesFiles = true
  package static let flags = FlagTable.flags(
    FlagTable.everywhere.subtracting(["output", "seed"]).union(FlagTable.reading))

  package static func check(_ builder: OptionsBuilder) throws(UsageError) {
    try builder.requireInputs()
    try builder.checkFiles()
    try builder.checkColumns()
    try builder.checkDialect()
  }

  private let options: CheckOptions
  private let threads: Int
  private let instructionSet: InstructionSet
  private let progress: ProgressLine

  package init(_ options: CheckOptions, in process: RunContext) throws {
    var named = options
    named.inputs = try TableParts.files(options.inputs)
    self.options = named
    threads = try ProcessorQuota.threads(option: options.threads, process.environment)
    instructionSet = try InstructionSet(process.environment)
    progress = ProgressLine(options, process.environment, process.logger.statusLine)
  }

  package func run() throws -> ExitCode {
    defer { progress.clear() }
    // Rows are of no use here: kinds, levels and ranges are all that is looked at.
    var profile = options.profileOptions
    profile.sampledRows = 0
    let remarks = InputRemarks()
    let profiler = TableProfiler(
      options, profile: profile, streams: InputStreams(), remarks: remarks, edges: nil,
      memory: MemoryBudget.forValues(options.memoryBudget), threads: threads,
      instructionSet: instructionSet)
    let meter = MemoryMeter(option: options.memoryLimit)
    let table = try profiler.profile(options.inputs) {
      progress.show("reading", $0)
      try meter.check(options.inputs)
    }
    progress.clear()
    var output = BufferedWriter()
    try output.write(StarterConfiguration(options, table, warnings: remarks.all).text)
    try output.flush()
    return .success
  }
}
