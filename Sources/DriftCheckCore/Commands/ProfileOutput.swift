internal import CInstructionSets
internal import DriftDetection
internal import DriftReport

/// Where a profile goes: a file, and what is said of it.
struct ProfileOutput {
  let options: CheckOptions
  let threads: Int
  let instructionSet: InstructionSet
  let progress: ProgressLine
  private let process: RunContext

  /// Prepares a run.
  ///
  /// - Throws: `UsageError` for the environment and for an output that is an input, `CSVError` for a
  ///   pattern that no input matches.
  init(_ options: CheckOptions, in process: RunContext) throws {
    var named = options
    named.inputs = try TableParts.files(options.inputs)
    try named.checkOutputs()
    self.options = named
    self.process = process
    threads = try ProcessorQuota.threads(option: options.threads, process.environment)
    instructionSet = try InstructionSet(process.environment)
    progress = ProgressLine(options, process.environment, process.logger.statusLine)
  }

  /// Writes a profile, and says what is in it.
  ///
  /// - Throws: `OutputError` when it cannot be written.
  func write(_ profile: DatasetProfile, of command: any Command.Type) throws(OutputError) {
    let bytes = profile.encoded()
    try AtomicFile.write(bytes, to: options.output, inFlight: process.inFlight)
    progress.clear()
    process.logger.log(
      .info, command.name, nil,
      [
        ("output", .string(options.output)), ("rows", .int(profile.rowCount)),
        ("columns", .int(profile.columnNames.count)), ("bytes", .int(bytes.count)),
        ("sketched", .strings(profile.sketchedColumns)),
        ("levels_dropped", .strings(profile.columnsWithDroppedLevels)),
      ])
    try show(profile, size: bytes.count)
  }

  /// Says what is wrong with the data, though they are profiled.
  func warn(_ text: String) { process.logger.log(.warning, "encoding", text, []) }

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
