internal import DriftDetection
internal import DriftReport

/// A check up to one shard of the sums of its MMD test.
package struct MMDShard: Command {
  package static let name = "mmd-shard"
  package static let summary =
    "Compute one shard of the sums of the MMD test, for '--mmd-sums' of a check."
  package static let usage =
    "drift-check mmd-shard --baseline <file> ... --current <file> ... --shard <i/n> --output <file>"
    + " [options]"
  /// What decides the rows of the MMD test, and how it is made.
  package static let flags = FlagTable.flags(
    FlagTable.everywhere.union(FlagTable.reading).union([
      "baseline", "current", "psi-compat", "permutations", "permutation-unit", "mmd-max-rows",
      "mmd-kernels", "mmd-bandwidth", "mmd-scale", "mmd-precision", "shard", "gate",
      "importance",
    ]))

  package static func check(_ builder: OptionsBuilder) throws(UsageError) {
    try builder.require("baseline", "current", "shard", "output")
    try builder.checkFiles()
    try builder.checkColumns()
    try builder.checkDialect()
  }

  private let tables: TablePair

  package init(_ options: CheckOptions, in process: RunContext) throws {
    tables = try TablePair(options, in: process, keepsSums: true)
  }

  package func run() throws -> ExitCode {
    let (options, process) = (tables.options, tables.process)
    let shard = try options.shard?.shard(process.environment) ?? .whole
    tables.logStart()
    defer { tables.progress.clear() }
    var times = PhaseTimes()
    let read = try tables.read(&times)
    let (detector, current) = (read.detector, read.current)
    let sums = try tables.naming(detector.holdsRows ? options.current : options.baseline) {
      try options.requireRoom(forDiscrepancy: detector.discrepancySize(of: current))
      return try detector.partialSums(of: current, shard: shard) {
        tables.progress.show("summing", $0)
        try tables.meter.check(options.current)
      }
    }
    times.end("summing")
    let bytes = sums.encoded()
    try AtomicFile.write(bytes, to: options.output, inFlight: process.inFlight)
    tables.progress.clear()
    process.logger.log(
      .info, Self.name, nil,
      [
        ("output", .string(options.output)), ("shard", .int(shard.index)),
        ("shards", .int(shard.count)), ("bytes", .int(bytes.count)),
        ("seconds", .double(times.total)),
      ])
    guard !options.isQuiet else { return .success }
    var output = BufferedWriter()
    try output.write(
      "\(PlainText.neutralised(options.output)): shard \(shard.index) of \(shard.count) of the MMD "
        + "sums, \(bytes.count) bytes\n")
    try output.flush()
    return .success
  }
}
