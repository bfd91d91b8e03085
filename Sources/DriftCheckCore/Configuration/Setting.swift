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
