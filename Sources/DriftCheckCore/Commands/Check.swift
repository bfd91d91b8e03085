internal import DriftDetection
internal import DriftReport
internal import Glibc

/// The main job: reads both tables, checks them, writes the report and says what was found.
package struct Check: Command {
  package static let name = "check"
  package static let summary = "Compare two tables."
  package static let usage =
    "drift-check [check] --baseline <file> ... --current <file> ... [options]"
  package static let flags = FlagTable.all.filter { $0.name != "shard" }
  package static let flagsWithoutSetting: Set<String> = []

  package static func check(_ builder: OptionsBuilder) throws(UsageError) {
    try builder.require("baseline", "current")
    try builder.checkFiles()
    try builder.checkColumns()
    try builder.checkDialect()
    try builder.checkRowRatios()
    try builder.refuseExcluded(by: "no-mmd") {
      "\($1) has no effect with \($0); choose one."
    }
    try builder.refuseExcluded(by: "psi-compat") { "\($1) is fixed by \($0); choose one." }
    try builder.checkQuiet()
    try builder.checkMetrics()
  }

  private let tables: TablePair
  private let metrics: MetricsOutput
  private let usesColor: Bool
  private var options: CheckOptions { tables.options }
  private var process: RunContext { tables.process }

  package init(_ options: CheckOptions, in process: RunContext) throws {
    tables = try TablePair(options, in: process, keepsSums: !options.mmdSums.isEmpty)
    usesColor =
      switch options.color {
      case .always: true
      case .never: false
      case .auto:
        StandardStreams.wantsColor(
          process.environment, isTerminal: StandardStreams.isTerminal(STDOUT_FILENO))
      }
    metrics = try MetricsOutput(
      options.metrics, model: options.model, environment: process.environment)
    if let htmlFile = options.htmlFile { try AtomicFile.preflight(htmlFile) }
  }

  package func run() throws -> ExitCode {
    tables.logStart()
    defer { tables.progress.clear() }
    var times = PhaseTimes()
    var result = try check(&times)
    tables.remarks.add(to: &result, decides: options.configuration.compatibility == .none)
    tables.progress.clear()
    let thresholds = options.configuration.thresholds
    var report = Report(
      result,
      context: Report.Context(
        baseline: InputTables.title(options.baseline),
        current: InputTables.title(options.current), generatedAt: tables.generatedAt,
        version: Version.current, model: options.model, seed: options.discrepancy.seed,
        alpha: thresholds.alpha, warnAlpha: thresholds.warnAlpha,
        configuration: tables.configuration, words: .flags))
    report.context.inputs = tables.remarks.inputs
    try AtomicFile.write(to: options.output, inFlight: process.inFlight) {
      take throws(OutputError) in
      try report.writeJSON(take)
    }
    if let htmlFile = options.htmlFile {
      try AtomicFile.write(report.page(), to: htmlFile, inFlight: process.inFlight)
    }
    CheckEvents(logger: process.logger, options: options).log(report, times)
    // The report and the verdict are out: what follows cannot hide them.
    let isPushed = try metrics.write(
      report, duration: times.total, logger: process.logger, inFlight: process.inFlight)
    try show(report)
    return isPushed ? exitCode(result.status) : .temporaryFailure
  }

  private func check(_ times: inout PhaseTimes) throws -> DriftResult {
    // First: sums that cannot be used are known before the tables are read.
    let sums = try SumsFile.merged(options.mmdSums, memory: tables.memory)
    let read = try tables.read(&times)
    let (detector, current) = (read.detector, read.current)
    defer { times.end("testing") }
    return try tables.naming(options.current) {
      try SumsFile.naming(options.mmdSums) {
        try options.requireRoom(forDiscrepancy: detector.discrepancySize(of: current))
        return read.remarked(
          try detector.check(current, partialSums: sums) {
            showTesting($0)
            try tables.meter.check(options.current)
          })
      }
    }
  }

  /// Nearly all of the time goes to the kernel test.
  private func showTesting(_ share: Double) {
    let begin = DriftDetector.discrepancyBegins
    guard options.runsMMD, share >= begin else {
      tables.progress.show("comparing the features", share / begin)
      return
    }
    let share = (share - begin) / (1 - begin)
    let causes = DriftDetector.causesBegin
    if share <= causes {
      tables.progress.show(
        "MMD, \(options.discrepancy.permutations) permutations", share / causes)
    } else if share < 1 {
      // Without drift it goes to 1 at once, and there are no causes.
      tables.progress.show("MMD, causes", (share - causes) / (1 - causes))
    }
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
        width: StandardStreams.terminalWidth(of: STDOUT_FILENO, process.environment),
        usesColor: usesColor, usesUnicode: StandardStreams.isUnicode(process.environment)),
      options: .init(
        reportPath: options.output, pagePath: options.htmlFile,
        endsWithZero: options.failOn == .fail))
  }

  private func exitCode(_ status: DriftStatus) -> ExitCode {
    switch options.failOn {
    case .fail: status == .fail ? .drift : .success
    case .warn: status == .ok ? .success : .drift
    case .never: .success
    }
  }
}
