internal import DriftDetection
internal import DriftReport

/// The settings that are in force, as a configuration file that says where each comes from.
struct ConfigurationPrinter {
  private let builder: OptionsBuilder
  private let options: CheckOptions

  /// - Parameters:
  ///   - builder: What was given, and where.
  ///   - options: What came of it.
  init(_ builder: OptionsBuilder, _ options: CheckOptions) {
    self.builder = builder
    self.options = options
  }

  /// The file, with a line feed at the end.
  var text: String {
    let command = builder.syntax
    var lines = ["# drift-check \(Version.current) \(command.name): what is in force"]
    lines += command.settings.map(line)
    return (lines + overrideLines).joined(separator: "\n") + "\n"
  }

  private func line(of flag: Flag) -> String {
    if let other = builder.exclusion(of: flag.name) {
      return "# \(flag.name): no effect with \(other)"
    }
    guard let value = value(of: flag) else { return "# \(flag.name): not set" }
    return "\(flag.name): \(value)  # \(origin(of: flag, value))"
  }

  /// The value in force as YAML; nil when there is none.
  private func value(of flag: Flag) -> String? {
    if let limit = LimitPair.path(flag.name) {
      return "\(options.configuration.thresholds[keyPath: limit])"
    }
    guard let setting = builder.settings[flag.name] else { return defaultValue(of: flag) }
    switch flag.arity {
    case .toggle: return setting.isOff ? "false" : "true"
    case .list: return YAMLText.list(setting.items)
    case .many:
      return setting.values.count == 1
        ? YAMLText.scalar(setting.values[0]) : YAMLText.list(setting.values)
    case .single, .optional: return setting.values.last.map(YAMLText.scalar)
    }
  }

  private func defaultValue(of flag: Flag) -> String? {
    if flag.arity == .toggle { return "false" }
    if flag.name == "missing-features", options.configuration.compatibility != .none {
      return DriftConfiguration.MissingFeatures.ignore.rawValue
    }
    guard let text = flag.defaultText else { return nil }
    return flag.arity == .list ? YAMLText.list(ValueParser.commaList(text)) : YAMLText.scalar(text)
  }

  private func origin(of flag: Flag, _ value: String) -> String {
    let setting = builder.settings[flag.name]
    if LimitPair.path(flag.name) != nil {
      let given = setting?.values.last ?? flag.defaultText ?? ""
      if Double(given) != Double(value) { return "as FAIL must not come before WARN" }
    }
    return Self.text(setting?.source)
  }

  private static func text(_ source: SettingSource?) -> String {
    switch source {
    case .flag: "flag"
    case .environment(let name): "environment \(name)"
    case .file(let place): "\(PlainText.neutralised(place.file)):\(place.line)"
    case nil: "default"
    }
  }

  private var overrideLines: [String] {
    let overrides = options.overrides.filter { !$0.keys.isEmpty }
    guard !overrides.isEmpty else { return [] }
    var lines = ["\(ConfigurationFile.overridesKey):"]
    for override in overrides {
      let name = YAMLText.scalar(override.column)
      // A key before a colon may have 1,024 characters.
      lines += name.utf8.count < 1_000 ? ["  \(name):"] : ["  ? \(name)", "  :"]
      for key in override.keys {
        guard let value = key.text(override) else { continue }
        let origin = Self.text(.file(override.place(of: key)))
        lines.append("    \(key.name): \(value)  # \(origin)")
      }
    }
    return lines
  }
}
