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
    let command = options.command
    var lines = ["# drift-check \(Version.current) \(command.rawValue): what is in force"]
    for flag in FlagTable.available where flag.isSetting(of: command) {
      lines.append(line(of: flag))
    }
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
    if let limit = Self.limits[flag.name] { return "\(options[keyPath: limit])" }
    guard let setting = builder.settings[flag.name] else { return defaultValue(of: flag) }
    switch flag.arity {
    case .toggle: return setting.isOff ? "false" : "true"
    case .list: return Self.list(setting.items)
    case .many:
      return setting.values.count == 1
        ? YAMLText.scalar(setting.values[0]) : Self.list(setting.values)
    case .single, .optional: return setting.values.last.map(YAMLText.scalar)
    }
  }

  private func defaultValue(of flag: Flag) -> String? {
    if flag.arity == .toggle { return "false" }
    if flag.name == "missing-features", options.psiCompatibility != nil {
      return CheckOptions.MissingFeatures.ignore.rawValue
    }
    guard let text = flag.defaultText else { return nil }
    return flag.arity == .list ? Self.list(ValueParser.commaList(text)) : YAMLText.scalar(text)
  }

  /// The numbers that may give way to each other.
  private static let limits: [String: any KeyPath<CheckOptions, Double> & Sendable] = [
    "psi-warn": \.psiWarn, "psi-fail": \.psiFail,
    "mean-shift-effect-warn": \.meanShiftEffectWarn, "mean-shift-effect": \.meanShiftEffect,
    "new-levels-warn": \.newLevelsWarn, "new-levels-fail": \.newLevelsFail,
    "alpha": \.alpha, "warn-alpha": \.warnAlpha,
  ]

  private static func list(_ items: [String]) -> String {
    "[" + items.map(YAMLText.scalar).joined(separator: ", ") + "]"
  }

  private func origin(of flag: Flag, _ value: String) -> String {
    let setting = builder.settings[flag.name]
    if Self.limits[flag.name] != nil {
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

/// Text as a value of YAML.
enum YAMLText {
  /// The text as a single value on one line: as it is where that reads back the same in every
  /// version of YAML, else in double quotes.
  static func scalar(_ text: String) -> String {
    switch ConfigurationScalar.plain(text) {
    case .number: return text
    case .text where isPlain(text): return text
    default: return quoted(text)
    }
  }

  private static func isPlain(_ text: String) -> Bool {
    let words = ["y", "n", "yes", "no", "on", "off"]
    guard let first = text.utf8.first, isLetter(first) || "/_.".utf8.contains(first),
      !words.contains(text.lowercased()), text != "..."
    else { return false }
    return text.utf8.allSatisfy {
      isLetter($0) || (48...57).contains($0) || "/_.-".utf8.contains($0)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        // Everything else that a terminal or an older reader could take for more than text.
        let isShown =
          ((0xA1..<0xFE00).contains(scalar.value) || (0x10000..<0xE0000).contains(scalar.value))
          && PlainText.neutralised(String(scalar)) == String(scalar)
        if isShown {
          result.unicodeScalars.append(scalar)
        } else {
          let code = String(scalar.value, radix: 16, uppercase: true)
          let zeros = String(repeating: "0", count: 8 - code.count)
          result += "\\U" + zeros + code
        }
      }
    }
    return result + "\""
  }
}
