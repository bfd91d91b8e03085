/// Where the value of a setting comes from.
package enum SettingSource: Sendable, Hashable {
  /// A configuration file.
  case file(TextPlace)
  /// An environment variable, by its name.
  case environment(String)
  /// The command line.
  case flag

  /// The greater one wins.
  var level: Int {
    switch self {
    case .file: 1
    case .environment: 2
    case .flag: 3
    }
  }
}

/// What was given for a flag, wherever.
struct Setting: Sendable {
  let flag: Flag
  /// What the flag's action takes, one after the other; "true" or "false" for a flag without value.
  var values: [String]
  let source: SettingSource

  /// Whether it says that a flag without value is not given.
  var isOff: Bool { flag.arity == .toggle && values == ["false"] }

  /// The items of a list.
  var items: [String] {
    var items: [String] = []
    for value in values { items.appendNew(ValueParser.commaList(value).filter { !$0.isEmpty }) }
    return items
  }

  /// An item of a list as a list of that item alone.
  static func escaped(_ item: String) -> String {
    item.split(separator: ",", omittingEmptySubsequences: false).joined(separator: "\\,")
  }
}

extension Flag {
  /// A value of a flag as messages show it: not when it holds credentials, which others could read.
  static func shown(_ value: String, of name: String) -> String {
    name == "pushgateway" && value.contains("@") ? "***" : value
  }

  /// Whether it can be set by a key of a configuration file and by a variable.
  package var isSetting: Bool {
    if case .set = action { true } else { false }
  }

  /// The environment variable that stands for it, such as `DRIFT_CHECK_PSI_WARN`.
  package var variable: String {
    "DRIFT_CHECK_" + String(name.map { $0 == "-" ? "_" : $0 }).uppercased()
  }

  /// Whether a configuration file or variable sets it for a command: `profile` and `merge` write
  /// something else than the report whose path a file of settings has.
  func isSetting(of command: Command) -> Bool {
    isSetting && commands.contains(command) && (command == .check || name != "output")
  }
}
