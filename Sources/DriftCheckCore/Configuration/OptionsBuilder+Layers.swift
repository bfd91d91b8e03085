internal import DriftDetection

/// The layers below the command line: variables, which win over a configuration file.
extension OptionsBuilder {
  /// The variable that names a configuration file.
  static let configurationVariable = "DRIFT_CHECK_CONFIG"

  /// Adds what the command line left open.
  ///
  /// - Throws: `ConfigurationError` with all that is wrong.
  mutating func addLayers(_ environment: Environment) throws(ConfigurationError) {
    var problems: [ConfigurationError.Problem] = []
    let variables = variables(environment, &problems)
    var weaker = variables
    configurationPath = configuration ?? environment.nonEmpty(Self.configurationVariable)
    if let path = configurationPath {
      let file: ConfigurationFile
      do {
        file = try ConfigurationFile(reading: path, syntax.allFlags)
      } catch {
        throw failure(error.problems + problems, weaker)
      }
      problems = file.problems + problems
      overrides = file.overrides
      let own = Set(syntax.settings.map(\.name))
      weaker = file.settings.filter { own.contains($0.key) }.merging(variables) { $1 }
    }
    weaker = weaker.filter { settings[$0.key] == nil }
    guard problems.isEmpty else { throw failure(problems, weaker) }
    weaker = withoutContradicted(weaker)
    takeBackContradicted(weaker)
    // In the order of the table, so that nothing depends on a hash.
    for flag in syntax.settings {
      guard let setting = weaker[flag.name], case .set(let set) = flag.action else { continue }
      settings[flag.name] = setting
      guard !setting.isOff else { continue }
      for value in setting.values {
        // Every value was tried before.
        try? set(&options, flag.arity == .toggle ? "" : value)
      }
    }
  }

  /// The variables that stand for flags of the command. Others are none of ours: Kubernetes sets
  /// DRIFT_CHECK_PORT and more where a Service is called drift-check.
  private func variables(
    _ environment: Environment, _ problems: inout [ConfigurationError.Problem]
  ) -> [String: Setting] {
    var variables: [String: Setting] = [:]
    for flag in syntax.settings {
      guard settings[flag.name] == nil, case .set(let set) = flag.action,
        let text = environment.nonEmpty(flag.variable)
      else { continue }
      do throws(InvalidValue) {
        if flag.arity == .toggle {
          guard text == "true" || text == "false" else {
            throw InvalidValue(expected: "'true' or 'false'")
          }
        } else {
          var scratch = CheckOptions()
          try set(&scratch, text)
        }
      } catch {
        problems.append(
          .init(
            .invalidValue, .variable(flag.variable),
            "\(flag.variable) is '\(Flag.shown(text, of: flag.name))': expected "
              + "\(error.expected)."))
      }
      variables[flag.name] = Setting(
        flag: flag, values: [text], source: .environment(flag.variable))
    }
    return variables
  }

  /// The checked options; `check` is what the command says against them as a whole.
  ///
  /// - Throws: `UsageError` for what the command line lacks or contradicts, `ConfigurationError` where
  ///   that is in a file or variable.
  func finished(
    _ check: (OptionsBuilder) throws(UsageError) -> Void
  ) throws -> CheckOptions {
    var options: CheckOptions
    do throws(UsageError) {
      try check(self)
      options = try withOrderedLimits()
    } catch {
      guard let problem = problem(error) else { throw error }
      throw failure([problem], [:])
    }
    options.removeRepeats()
    var resolution = OverrideResolution(self, options)
    for override in overrides { resolution.add(override) }
    guard resolution.problems.isEmpty else { throw failure(resolution.problems, [:]) }
    let resolved = resolution.overrides
    options.overrides = resolved
    options.configuration.excluded.appendNew(resolved.filter(\.isIgnored).map(\.column))
    options.numeric.appendNew(resolved.filter { $0.kind == .numeric }.map(\.column))
    options.categorical.appendNew(resolved.filter { $0.kind == .categorical }.map(\.column))
    return options
  }

  /// A usage error as one of the file or variable that the flag at fault comes from; nil when that
  /// is the command line.
  private func problem(_ error: UsageError) -> ConfigurationError.Problem? {
    guard let subject = error.subject, subject.hasPrefix("--"),
      let setting = settings[String(subject.dropFirst(2))]
    else { return nil }
    return switch setting.source {
    case .file(let place): .init(.contradiction, at: place, error.message)
    case .environment(let name): .init(.contradiction, .variable(name), error.message)
    case .flag: nil
    }
  }

  /// The flags of files that are written.
  private static let outputNames = ["output", "html", "metrics-file", "termination-log"]

  /// The error of some mistakes, told as far as it is known how.
  private func failure(
    _ problems: [ConfigurationError.Problem], _ weaker: [String: Setting]
  ) -> ConfigurationError {
    let known = weaker.merging(settings) { $1 }
    var error = ConfigurationError(problems)
    error.logFormat = known["log-format"]?.values.last.flatMap(TextFormat.init) ?? .text
    let inputs = known.values.flatMap { setting in
      let isInput =
        setting.flag.completion == .file && !Self.outputNames.contains(setting.flag.name)
      return isInput ? setting.values : []
    }
    let log = known["termination-log"]?.values.last
    let files = InputFiles(
      inputs + options.inputs + [configurationPath].compactMap { $0 }, against: [log ?? ""])
    // What would be written over an input, or to another file, is not written.
    error.terminationLog = log.flatMap { $0.utf8.contains(0) || files.contains($0) ? nil : $0 }
    return error
  }
}
