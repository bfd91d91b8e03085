internal import DriftDetection
internal import DriftReport

/// Says what a check found to those who read logs.
struct CheckEvents {
  let logger: Logger
  let options: CheckOptions

  /// The features, the kernel test and the verdict as log lines, and the verdict in the
  /// termination log.
  func log(_ report: Report, _ times: PhaseTimes) {
    let result = report.result
    if options.logFormat == .json {
      for feature in result.features { log(feature, report.context.advice) }
      if let discrepancy = result.maximumMeanDiscrepancy { log(discrepancy) }
      if let dependence = result.dependence { log(dependence) }
      logVerdict(report, times)
    }
    let warning = TerminationLog.write(Self.termination(report), to: options.terminationLog)
    if let warning { logger.log(.warning, "termination-log", warning) }
  }

  /// The verdict and its reasons, a line each.
  private static func termination(_ report: Report) -> String {
    let result = report.result
    let drifted = result.features.count { $0.gates && $0.status == .fail }
    let all = result.features.count(where: \.gates)
    let besides = [result.notComparedText, result.notGatingText].compactMap { $0 }
    let head =
      "\(result.status.rawValue): \(drifted) of \(all) features "
      + (all < result.features.count ? "that gate " : "") + "drifted, "
      + besides.map { "\($0), " }.joined()
      + "largest PSI \(NumberText.fixed(result.maximumStabilityIndex, 3))"
    // The file takes less than these.
    let reasons = report.reasons.prefix(TerminationLog.limit / 16).map(PlainText.neutralised)
    return ([head] + reasons).joined(separator: "\n") + "\n"
  }

  /// Seconds to the microsecond.
  private static func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }

  private func level(_ status: DriftStatus) -> LogLine.Level { status == .ok ? .info : .warning }

  private func log(_ feature: FeatureResult, _ advice: FindingAdvice) {
    logger.log(
      level(feature.status.verdict), "feature", nil,
      [
        ("name", .string(feature.name)),
        ("kind", .string(feature.kind.rawValue)),
        ("status", .string(feature.status.rawValue)), ("gates", .bool(feature.gates)),
      ] + TestTable.ofFeatures.flatMap { fields($0, of: feature) } + [
        ("reasons", .strings(feature.reasons(advice: advice)))
      ])
  }

  private func fields<Test: FeatureTest>(_: Test.Type, of feature: FeatureResult)
    -> [(String, LogValue)]
  {
    let outcome = feature.results[Test.Outcome.self]
    return Test.fields.compactMap { field in
      field.logName.map { ($0, outcome.map { LogValue(field.value($0)) } ?? .null) }
    }
  }

  private func log(_ outcome: DiscrepancyOutcome) {
    logger.log(
      level(outcome.status), "mmd", nil,
      DiscrepancyEntry.fields.compactMap { field in
        field.logName.map { ($0, LogValue(field.value(outcome))) }
      } + [
        ("status", .string(outcome.status.rawValue)),
        ("driven_by", outcome.causes.map { .strings($0.drivers.map(\.name)) } ?? .null),
      ])
  }

  private func log(_ outcome: DependenceOutcome) {
    logger.log(
      level(outcome.status), "dependence", nil,
      DependenceEntry.fields.compactMap { field in
        field.logName.map { ($0, LogValue(field.value(outcome))) }
      } + [
        ("status", .string(outcome.status.rawValue)),
        ("pairs", .strings(outcome.pairs.prefix(3).map(\.sentence))),
      ])
  }

  private func logVerdict(_ report: Report, _ times: PhaseTimes) {
    let result = report.result
    logger.log(
      level(result.status), "verdict", "Drift detection result",
      [
        ("status", .string(result.status.rawValue)),
        ("is_drift", .int(result.status == .fail ? 1 : 0)),
        ("overall_max_psi", .double(result.maximumStabilityIndex)),
        ("mmd_p_value", .optional(result.maximumMeanDiscrepancy?.test.pValue)),
        ("features_failed", .int(result.features.count { $0.status == .fail })),
        ("features_warned", .int(result.features.count { $0.status == .warn })),
        ("features_not_compared", .int(result.features.count { $0.status == .notCompared })),
        ("features_not_gating", .int(result.features.count { !$0.gates })),
        ("features", .int(result.features.count)),
        ("model", options.model.map { .string($0) } ?? .null),
        ("output", .string(options.output)),
        ("reasons", .strings(Array(report.reasons.prefix(20)))),
        ("seconds", .double(Self.rounded(times.total))),
      ] + times.phases.map { ("seconds_\($0.name)", .double(Self.rounded($0.seconds))) })
  }
}

extension LogValue {
  /// A value of a test; null for what no log line has.
  fileprivate init(_ value: TestValue) {
    self =
      switch value {
      case .count(let count): .int(count)
      case .flag(let flag): .bool(flag)
      case .text(let text): .string(text)
      case .texts(let texts): .strings(texts)
      default: .optional(value.number)
      }
  }

  /// A number or null.
  fileprivate static func optional(_ value: Double?) -> LogValue {
    value.map { .double($0) } ?? .null
  }
}
