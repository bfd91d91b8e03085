internal import DriftReport

/// Where the metrics of a run go: a file, a Pushgateway, both or nowhere.
struct MetricsOutput {
  private let file: String?
  private let push: Push?
  private let isPushRequired: Bool
  private let trustyAI: Bool
  private let fixedTime: Int64?

  /// Prepares the output. Whatever can be refused before the work is refused here.
  ///
  /// - Throws: `OutputError` for a file that could not be written, `SecretError` for credentials
  ///   that cannot be used.
  init(_ options: CheckOptions, environment: Environment) throws {
    file = options.metricsFile
    isPushRequired = options.isPushRequired
    trustyAI = options.writesTrustyAIMetrics
    fixedTime = try Timestamp.fixed(environment)
    if let file { try AtomicFile.preflight(file) }
    guard let gateway = options.pushgateway else {
      push = nil
      return
    }
    var credentials: PushTarget.Credentials?
    if let path = options.pushBasicAuthFile {
      credentials = .basic(try Secret.read(path, as: .userAndPassword))
    } else if let path = options.pushBearerTokenFile {
      credentials = .bearer(try Secret.read(path, as: .token))
    }
    push = Push(
      target: PushTarget(
        gateway: gateway, namespace: environment.nonEmpty("POD_NAMESPACE"), model: options.model,
        credentials: credentials, authorities: options.pushCAFile),
      secrets: Secrets(credentials, proxies: Self.proxies.compactMap { environment[$0] }))
  }

  /// The variables that libcurl takes the address of a proxy from.
  private static let proxies = [
    "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
  ]

  /// Writes and pushes the metrics of a report.
  ///
  /// - Returns: Whether the run may end with its verdict; false after a required push that failed.
  /// - Throws: `OutputError` when the file cannot be written.
  func write(
    _ report: Report, duration: Double, logger: Logger, inFlight: OutputInFlight
  ) throws(OutputError) -> Bool {
    guard file != nil || push != nil else { return true }
    let end = fixedTime ?? Timestamp.now()
    let timing = Report.Timing(end: Double(end), duration: duration)
    if let file {
      try AtomicFile.write(to: file, inFlight: inFlight) { take throws(OutputError) in
        try report.writeMetrics(timing, trustyAI: trustyAI, take)
      }
    }
    guard let push else { return true }
    let text = report.metrics(timing, trustyAI: trustyAI)
    do throws(Push.Failure) {
      let attempts = try push.send(text)
      logger.log(
        .info, "push", nil, [("url", .string(push.target.url)), ("attempts", .int(attempts))])
      return true
    } catch {
      logger.log(
        isPushRequired ? .error : .warning, "push", error.description,
        [("url", .string(push.target.url))])
      return !isPushRequired
    }
  }
}
