public import DriftDetection

extension Report.Context {
  /// What a service says of its check.
  ///
  /// - Parameters:
  ///   - baseline: The name of the baseline.
  ///   - current: The name of the current data.
  ///   - model: The name of the model; nil for none.
  ///   - configuration: The configuration of the detector.
  ///   - end: When the check ended, in seconds since 1970; nil for now.
  ///   - duration: How long it took; nil when that is not known.
  public init(
    baseline: String = "baseline", current: String = "current", model: String? = nil,
    configuration: DriftConfiguration = DriftConfiguration(), end: Int64? = nil,
    duration: Duration? = nil
  ) {
    let end = end ?? Timestamp.now()
    self.init(
      baseline: baseline, current: current, generatedAt: Timestamp.format(end),
      version: Version.current, model: model,
      seed: configuration.maximumMeanDiscrepancy?.seed ?? 0,
      alpha: configuration.thresholds.alpha, warnAlpha: configuration.thresholds.warnAlpha,
      configuration: configuration)
    self.end = end
    self.duration = duration
  }
}

extension Report {
  /// The report as JSON, the file that the program `drift-check` writes.
  public var json: String { String(decoding: document.bytes(), as: UTF8.self) }

  /// The report as one page for people that needs nothing but itself: no network, no other file.
  public var html: String { String(decoding: page(), as: UTF8.self) }

  /// The report as gauges, in OpenMetrics text that Prometheus reads too.
  public var metrics: String {
    let seconds = context.duration.map { $0 / .seconds(1) }
    let timing = Timing(end: Double(context.end ?? Timestamp.now()), duration: seconds)
    return String(decoding: metrics(timing, trustyAI: false), as: UTF8.self)
  }
}
