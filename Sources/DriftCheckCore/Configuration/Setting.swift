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
    items.appendNew(values.flatMap(ValueParser.commaList).filter { !$0.isEmpty })
    return items
  }

  /// The items of a list as the flag's action takes them: in one value, as each value is compared
  /// with all items before it. Another value begins only behind an item that ends with a backslash,
  /// which would make the comma between them a part of the name.
  static func joined(_ items: [String]) -> [String] {
    var values: [String] = []
    var beginsValue = true
    for item in items {
      if beginsValue {
        values.append(escaped(item))
      } else {
        values[values.count - 1] += "," + escaped(item)
      }
      beginsValue = item.utf8.last == UInt8(ascii: "\\")
    }
    return values
  }

  /// An item of a list as a list of that item alone. By scalars, as lists are taken apart: a comma
  /// and an accent behind it are one character.
  private static func escaped(_ item: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in item.unicodeScalars {
      if scalar == "," { text.append("\\") }
      text.append(scalar)
    }
    return String(text)
  }
}

extension Flag {
  /// A value of a flag as messages show it: not when it holds credentials, which others could read.
  static func shown(_ value: String, of name: String) -> String {
    name == "pushgateway" && (value.contains("@") || value.contains("?")) ? "***" : value
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
