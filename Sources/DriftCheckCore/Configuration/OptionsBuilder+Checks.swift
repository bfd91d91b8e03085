internal import DriftDetection
internal import Tabular

/// What commands check of their options as a whole.
extension OptionsBuilder {
  /// Requires files that are named without a flag.
  package func requireInputs() throws(UsageError) {
    guard !options.inputs.isEmpty || !needsFiles else {
      throw UsageError(.missingFlag, "Missing expected argument '<file> ...' of '\(syntax.name)'.")
    }
  }

  /// Requires flags.
  package func require(_ names: String...) throws(UsageError) {
    for name in names where needsFiles && !given.contains(name) {
      let label = syntax.flags.first { $0.name == name }?.label ?? "--\(name)"
      throw UsageError(
        .missingFlag, subject: "--\(name)", "Missing expected argument '\(label)'.")
    }
  }

  /// Checks that standard input is read once, and that nothing is written over an input.
  package func checkFiles() throws(UsageError) {
    let inputs = options.baseline + options.current + options.inputs
    guard inputs.count(where: { $0 == "-" }) <= 1 else {
      throw .contradiction(
        "-", "Standard input ('-') was given more than once; it can be read only once.")
    }
    try options.checkOutputs(besides: configurationPath)
  }

  /// Refuses a flag beside one that leaves nothing for it to do. `message` gets both as they were given.
  package func refuseExcluded(
    by name: String, _ message: (_ flag: String, _ other: String) -> String
  ) throws(UsageError) {
    guard let other = given(excludedBy: name) else { return }
    throw .contradiction("--\(name)", message(quoted(name), quoted(other)))
  }

  /// Checks that metrics have somewhere to go, and that no credentials can be read by others.
  package func checkMetrics() throws(UsageError) {
    let names = syntax.allFlags.map(\.name).filter(given.contains)
    let metrics = options.metrics
    if metrics.pushgateway == nil, let name = names.first(where: { $0.hasPrefix("push-") }) {
      throw UsageError(
        .missingFlag, subject: "--\(name)", "\(quoted(name)) needs '--pushgateway <url>'.")
    }
    if metrics.pushgateway?.contains("@") == true {
      throw UsageError(
        .invalidValue, subject: "--pushgateway",
        "\(quoted("pushgateway")) holds credentials, which others could read; "
          + "give them by '--push-basic-auth-file <file>'.")
    }
    if metrics.basicAuthFile != nil, metrics.bearerTokenFile != nil {
      throw .contradiction(
        "--push-basic-auth-file",
        "\(quoted("push-basic-auth-file")) and \(quoted("push-bearer-token-file")) were both given; "
          + "choose one.")
    }
    if metrics.includesTrustyAI, metrics.pushgateway == nil, metrics.file == nil {
      throw UsageError(
        .missingFlag, subject: "--trustyai-metrics",
        "\(quoted("trustyai-metrics")) needs '--metrics-file <file>' or '--pushgateway <url>'.")
    }
  }

  /// Checks that no column is in two lists that contradict each other.
  package func checkColumns() throws(UsageError) {
    let columns = [
      "features": options.configuration.features ?? [], "exclude": options.configuration.excluded,
      "categorical": options.categorical, "numeric": options.numeric,
      "gate": options.configuration.gating ?? [],
    ]
    for (first, second) in Self.disjointLists {
      let names = columns[first] ?? []
      let others = Set((columns[second] ?? []).map { ByteString($0) })
      guard let name = names.first(where: { others.contains(ByteString($0)) }) else { continue }
      throw .contradiction(
        "--\(first)",
        "The column '\(name)' is in both \(quoted(first)) and \(quoted(second)); choose one.")
    }
    guard let features = options.configuration.features else { return }
    let checked = Set(features.map { ByteString($0) })
    if let name = options.configuration.gating?.first(where: { !checked.contains(ByteString($0)) })
    {
      throw .contradiction(
        "--gate",
        "The column '\(name)' is in \(quoted("gate")) and not in \(quoted("features")); check it "
          + "too, or take it out.")
    }
  }

  /// Checks that the ratio of rows fails no sooner than it warns.
  package func checkRowRatios() throws(UsageError) {
    let limits = options.configuration.rowLimits
    guard let warning = limits.warningRatio, let failing = limits.failingRatio,
      warning.lowerBound < failing.lowerBound || failing.upperBound < warning.upperBound
    else { return }
    throw .contradiction(
      "--rows-ratio-warn",
      "\(quoted("rows-ratio-warn", warning.given)) holds ratios that "
        + "\(quoted("rows-ratio-fail", failing.given)) does not; FAIL would come before WARN.")
  }

  /// Checks that `--quiet` does not hide the report that was asked for.
  package func checkQuiet() throws(UsageError) {
    if options.isQuiet, options.format == .json {
      throw .contradiction(
        "--quiet",
        "\(quoted("quiet")) prints nothing, but \(quoted("format", "json")) asks for the report; "
          + "choose one.")
    }
  }
}

extension ClosedRange<Double> {
  /// As it is given by a flag.
  fileprivate var given: String { "\(lowerBound),\(upperBound)" }
}
