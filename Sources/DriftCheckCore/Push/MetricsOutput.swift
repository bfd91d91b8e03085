internal import DriftReport

/// Where the metrics of a run go: a file, a Pushgateway, both or nowhere.
struct MetricsOutput {
  private let options: MetricsOptions
  private let push: Push?
  private let fixedTime: Int64?

  /// Prepares the output. Whatever can be refused before the work is refused here.
  ///
  /// - Parameters:
  ///   - options: What was asked for.
  ///   - model: The model of the group; nil for none.
  ///   - environment: Where the namespace and proxies are looked up.
  /// - Throws: `OutputError` for a file that could not be written, `SecretError` for credentials
  ///   that cannot be used.
  init(_ options: MetricsOptions, model: String?, environment: Environment) throws {
    self.options = options
    fixedTime = try Timestamp.fixed(environment)
    if let file = options.file { try AtomicFile.preflight(file) }
    guard let gateway = options.pushgateway else {
      push = nil
      return
    }
    var credentials: PushTarget.Credentials?
    if let path = options.basicAuthFile {
      credentials = .basic(try Secret.read(path, as: .userAndPassword))
    } else if let path = options.bearerTokenFile {
      credentials = .bearer(try Secret.read(path, as: .token))
    }
    push = Push(
      target: PushTarget(
        gateway: gateway, namespace: environment.nonEmpty("POD_NAMESPACE"), model: model,
        credentials: credentials, authorities: options.authorities),
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
    guard options.file != nil || push != nil else { return true }
    let end = fixedTime ?? Timestamp.now()
    let timing = Report.Timing(end: Double(end), duration: duration)
    if let file = options.file {
      try AtomicFile.write(to: file, inFlight: inFlight) { take throws(OutputError) in
        try report.writeMetrics(timing, trustyAI: options.includesTrustyAI, take)
      }
    }
    guard let push else { return true }
    let text = report.metrics(timing, trustyAI: options.includesTrustyAI)
    do throws(Push.Failure) {
      let attempts = try push.send(text)
      logger.log(
        .info, "push", nil, [("url", .string(push.target.url)), ("attempts", .int(attempts))])
      return true
    } catch {
      logger.log(
        options.isPushRequired ? .error : .warning, "push", error.description,
        [("url", .string(push.target.url))])
      return !options.isPushRequired
    }
  }
}
