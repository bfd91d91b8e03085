internal import Tabular

extension OptionsBuilder {
  /// Checks what was read as a whole and fills in what gives way.
  /// - Throws: `UsageError` for missing flags and contradictions.
  func finish() throws(UsageError) -> CheckOptions {
    try requireTables()
    try checkFiles()
    try checkColumns()
    try checkCombinations()
    try checkMetrics()
    var options = options
    try settle(&options, warn: \.psiWarn, "psi-warn", fail: \.psiFail, "psi-fail", isLevel: false)
    try settle(
      &options, warn: \.meanShiftEffectWarn, "mean-shift-effect-warn", fail: \.meanShiftEffect,
      "mean-shift-effect", isLevel: false)
    try settle(
      &options, warn: \.newLevelsWarn, "new-levels-warn", fail: \.newLevelsFail, "new-levels-fail",
      isLevel: false)
    try settle(&options, warn: \.warnAlpha, "warn-alpha", fail: \.alpha, "alpha", isLevel: true)
    return options
  }

  /// The same for `profile` and `merge`.
  func finishProfile() throws(UsageError) -> CheckOptions {
    let command = options.command.rawValue
    guard !options.inputs.isEmpty || !needsFiles else {
      throw UsageError(.missingFlag, "Missing expected argument '<file> ...' of '\(command)'.")
    }
    guard given.contains("output") || !needsFiles else {
      throw UsageError(
        .missingFlag, subject: "--output", "Missing expected argument '--output <file>'.")
    }
    guard options.inputs.count(where: { $0 == "-" }) <= 1 else {
      throw .contradiction(
        "-", "Standard input ('-') was given more than once; it can be read only once.")
    }
    try options.checkOutputs(besides: configurationPath)
    if let other = given(excludedBy: "edges-from") {
      throw .contradiction(
        "--edges-from",
        "\(quoted("edges-from")) gives the bins; leave out \(quoted(other))."
      )
    }
    if let other = given(excludedBy: "no-rows") {
      throw .contradiction(
        "--no-rows", "\(quoted(other)) has no effect with \(quoted("no-rows")); choose one.")
    }
    try checkColumns()
    return options
  }

  /// The same for `mmd-shard`.
  func finishShard() throws(UsageError) -> CheckOptions {
    try requireTables()
    for (name, value) in [("shard", "i/n"), ("output", "file")]
    where needsFiles && !given.contains(name) {
      throw UsageError(
        .missingFlag, subject: "--\(name)", "Missing expected argument '--\(name) <\(value)>'.")
    }
    try checkFiles()
    try checkColumns()
    return options
  }

  private func requireTables() throws(UsageError) {
    for name in ["baseline", "current"] where needsFiles && !given.contains(name) {
      throw UsageError(
        .missingFlag, subject: "--\(name)", "Missing expected argument '--\(name) <file> ...'.")
    }
  }

  private func checkFiles() throws(UsageError) {
    let inputs = options.baseline + options.current
    guard inputs.count(where: { $0 == "-" }) <= 1 else {
      throw .contradiction(
        "-", "Standard input ('-') was given more than once; it can be read only once.")
    }
    try options.checkOutputs(besides: configurationPath)
  }

  private func checkMetrics() throws(UsageError) {
    let names = FlagTable.available.map(\.name).filter(given.contains)
    if options.pushgateway == nil, let name = names.first(where: { $0.hasPrefix("push-") }) {
      throw UsageError(
        .missingFlag, subject: "--\(name)", "\(quoted(name)) needs '--pushgateway <url>'.")
    }
    if options.pushgateway?.contains("@") == true {
      throw UsageError(
        .invalidValue, subject: "--pushgateway",
        "\(quoted("pushgateway")) holds credentials, which others could read; "
          + "give them by '--push-basic-auth-file <file>'.")
    }
    if options.pushBasicAuthFile != nil, options.pushBearerTokenFile != nil {
      throw .contradiction(
        "--push-basic-auth-file",
        "\(quoted("push-basic-auth-file")) and \(quoted("push-bearer-token-file")) were both given; "
          + "choose one.")
    }
    if options.writesTrustyAIMetrics, options.pushgateway == nil, options.metricsFile == nil {
      throw UsageError(
        .missingFlag, subject: "--trustyai-metrics",
        "\(quoted("trustyai-metrics")) needs '--metrics-file <file>' or '--pushgateway <url>'.")
    }
  }

  private func checkColumns() throws(UsageError) {
    let columns = [
      "features": options.features ?? [], "exclude": options.exclude,
      "categorical": options.categorical, "numeric": options.numeric,
    ]
    for (first, second) in Self.disjointLists {
      let names = columns[first] ?? []
      let others = Set((columns[second] ?? []).map { ByteString($0) })
      guard let name = names.first(where: { others.contains(ByteString($0)) }) else { continue }
      throw .contradiction(
        "--\(first)",
        "The column '\(name)' is in both \(quoted(first)) and \(quoted(second)); choose one.")
    }
  }

  private func checkCombinations() throws(UsageError) {
    if let other = given(excludedBy: "no-mmd") {
      throw .contradiction(
        "--no-mmd", "\(quoted(other)) has no effect with \(quoted("no-mmd")); choose one.")
    }
    if let other = given(excludedBy: "psi-compat") {
      throw .contradiction(
        "--psi-compat", "\(quoted(other)) is fixed by \(quoted("psi-compat")); choose one.")
    }
    if options.isQuiet, options.format == .json {
      throw .contradiction(
        "--quiet",
        "\(quoted("quiet")) prints nothing, but \(quoted("format", "json")) asks for the report; "
          + "choose one.")
    }
  }

  /// Makes WARN come no later than FAIL. Two values of equal rank that disagree are a mistake; else
  /// the weaker one gives way, a default to everything. `isLevel`: of the two, FAIL is the smaller
  /// number.
  private func settle(
    _ options: inout CheckOptions, warn: WritableKeyPath<CheckOptions, Double>,
    _ warnName: String, fail: WritableKeyPath<CheckOptions, Double>, _ failName: String,
    isLevel: Bool
  ) throws(UsageError) {
    let warnValue = options[keyPath: warn]
    let failValue = options[keyPath: fail]
    guard isLevel ? warnValue < failValue : warnValue > failValue else { return }
    let (warnRank, failRank) = (rank(warnName), rank(failName))
    if warnRank == failRank, warnRank > 0 {
      throw .contradiction(
        "--\(warnName)",
        """
        \(quoted(warnName, "\(warnValue)")) is \(isLevel ? "less" : "greater") than \
        \(quoted(failName, "\(failValue)")); FAIL would come before WARN.
        """)
    }
    if warnRank > failRank {
      options[keyPath: fail] = warnValue
    } else {
      options[keyPath: warn] = failValue
    }
  }
}

extension CheckOptions {
  /// All files that are read, and the one of settings.
  private func files(besides configuration: String?) -> [String] {
    let others = [edgesFrom, pushBasicAuthFile, pushBearerTokenFile, pushCAFile, configuration]
    return baseline + current + inputs + mmdSums + others.compactMap { $0 }
  }

  /// Checks that nothing is written over an input.
  ///
  /// - Parameter configuration: The file of settings, if there is one.
  /// - Throws: `UsageError` for a file that is both.
  func checkOutputs(besides configuration: String? = nil) throws(UsageError) {
    let named = [
      ("output", output), ("html", htmlFile), ("metrics-file", metricsFile),
      ("termination-log", terminationLog),
    ].compactMap { name, path in path.map { (name: name, path: $0) } }
    // What is no file, as /dev/stdout, is not replaced.
    let outputs = named.filter { OutputTarget.isFile($0.path) }
    let inputs = InputFiles(files(besides: configuration), against: outputs.map { $0.path })
    // The termination log first: the message about another one is written to it.
    if let (name, path) = outputs.last(where: { inputs.contains($0.path) }) {
      throw .contradiction(
        "--\(name)", "'--\(name)' is '\(path)', which is also an input; it would be overwritten.")
    }
    for (index, output) in outputs.enumerated() {
      let (name, path) = output
      let target = OutputTarget.identity(path)
      guard
        let other = outputs[..<index].first(where: { OutputTarget.identity($0.path) == target })
      else { continue }
      throw .contradiction(
        "--\(name)",
        "'--\(name)' is '\(path)', which is also '--\(other.name)'; give each a file of its own.")
    }
  }
}
