internal import DriftDetection

/// Puts the summaries of parts of a table together.
package struct Merge: Command {
  package static let name = "merge"
  package static let summary = "Put the profiles of parts of a table together."
  package static let usage = "drift-check merge <profile> ... --output <file> [options]"
  package static let takesFiles = true
  package static let flags = FlagTable.flags(
    FlagTable.everywhere.union(["psi-bins", "psi-binning"]))

  package static func check(_ builder: OptionsBuilder) throws(UsageError) {
    try builder.requireInputs()
    try builder.require("output")
    try builder.checkFiles()
  }

  private let output: ProfileOutput

  package init(_ options: CheckOptions, in process: RunContext) throws {
    output = try ProfileOutput(options, in: process)
    try AtomicFile.preflight(options.output)
  }

  package func run() throws -> ExitCode {
    defer { output.progress.clear() }
    let options = output.options
    var profile = try ProfileFile.merged(
      options.inputs, InputStreams(), memory: options.memoryBudget
    ) { output.progress.show("merging", $0) }
    profile.settle(
      options.profileOptions,
      work: PieceWork(instructionSet: output.instructionSet, threads: output.threads))
    try output.write(profile, of: Self.self)
    return .success
  }
}
