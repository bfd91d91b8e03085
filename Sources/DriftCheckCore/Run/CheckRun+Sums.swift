internal import DriftKit
internal import DriftReport
internal import Tabular

/// The command `mmd-shard`: a check up to one shard of the sums of its MMD test.
extension CheckRun {
  /// Computes and writes the sums.
  ///
  /// - Returns: Success; nothing else is told by a code.
  /// - Throws: `UsageError` when JOB_COMPLETION_INDEX is needed and is no index; whatever keeps the
  ///   sums from being made or written.
  func writeSums() throws -> ExitCode {
    let given = options.shard ?? Shard(index: 0, count: 1)
    let shard = try MaximumMeanDiscrepancy.Shard(
      index: try given.index(environment), count: given.count)
    logStart()
    defer { progress.clear() }
    var times = PhaseTimes()
    let (detector, current) = try read(&times)
    let sums = try naming(detector.holdsRows ? options.current : options.baseline) {
      try options.requireRoom(forDiscrepancy: detector.discrepancySize(of: current))
      return try detector.partialSums(of: current, shard: shard) {
        progress.show("summing", $0)
        try meter.check(options.current)
      }
    }
    times.end("summing")
    let bytes = sums.encoded()
    try AtomicFile.write(bytes, to: options.output, inFlight: inFlight)
    progress.clear()
    logger.log(
      .info, options.command.rawValue, nil,
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
