extension FlagTable {
  static let metrics: [Flag] = [
    .path(
      "metrics-file", \.metrics.file,
      help: "Where metrics are written, as text of OpenMetrics; whole or not at all."),
    .value(
      "pushgateway", .metrics, metavar: "url",
      help: """
        The Pushgateway that gets the metrics, in a group of job, namespace (POD_NAMESPACE) and \
        model. A push that fails does not change the exit code.
        """,
      set: { options, text throws(InvalidValue) in
        options.metrics.pushgateway = try ValueParser.gateway(text)
      }),
    .toggle(
      "push-required", .metrics, help: "End with exit code 75 when the push fails.",
      set: { $0.metrics.isPushRequired = true }),
    .path(
      "push-basic-auth-file", \.metrics.basicAuthFile,
      help: "A file with 'user:password' for the Pushgateway."),
    .path(
      "push-bearer-token-file", \.metrics.bearerTokenFile,
      help: "A file with a bearer token for the Pushgateway."),
    .path(
      "push-ca-file", \.metrics.authorities,
      help: "The certificates to trust instead of the system's, in PEM form."),
    .toggle(
      "trustyai-metrics", .metrics,
      help: "Add the gauge 'trustyai_meanshift', with the p-values of the mean shift.",
      set: { $0.metrics.includesTrustyAI = true }),
  ]
}

extension Flag {
  /// A file of the metrics' part.
  fileprivate static func path(_ name: String, _ path: OptionPath<String?>, help: String) -> Flag {
    .value(
      name, .metrics, metavar: "file", help: help, completion: .file,
      set: { options, text throws(InvalidValue) in
        options[keyPath: path] = try ValueParser.nonEmpty(text, what: "a file")
      })
  }
}
