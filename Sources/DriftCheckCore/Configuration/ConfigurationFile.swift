internal import Tabular

/// The settings of a configuration file, each checked by itself.
struct ConfigurationFile {
  /// The settings by the name of their flag, those of other commands too.
  private(set) var settings: [String: Setting] = [:]
  /// What it says of single columns, in its order.
  var overrides: [ColumnOverride] = []
  /// What is wrong, in the order of the file.
  var problems: [ConfigurationError.Problem] = []

  /// The key below which the columns are.
  static let overridesKey = "overrides"

  /// The flags of all commands.
  private let flags: [Flag]

  /// Reads a file: JSON when its name ends with `.json`, else YAML.
  ///
  /// - Parameters:
  ///   - file: The path.
  ///   - flags: The flags of all commands.
  /// - Throws: `ConfigurationError` when it cannot be read as such. What is wrong with single
  ///   settings is in `problems`.
  init(reading file: String, _ flags: [Flag]) throws(ConfigurationError) {
    let text = try ConfigurationText(reading: file)
    let isJSON = file.utf8.count >= 5 && file.suffix(5).lowercased() == ".json"
    self.init(try isJSON ? JSONReader.read(text) : YAMLReader.read(text), flags)
  }

  private init(_ root: ConfigurationNode, _ flags: [Flag]) {
    self.flags = flags
    guard case .mapping(let members) = root.value else {
      problems.append(
        .init(
          .invalidValue, at: root.place,
          "found \(root.summary), expected settings, such as 'alpha: 0.01'"))
      return
    }
    for member in distinct(members) {
      if member.key == Self.overridesKey {
        readOverrides(member.value)
      } else if let flag = flags.first(where: { $0.name == member.key }) {
        read(flag, member)
      } else {
        problems.append(
          OverrideKey.all.contains { $0.name == member.key }
            ? .misplacedKey(member, "is for a single column; put it below one in 'overrides'")
            : .unknownKey(
              member, among: guesses(keys),
              "the name of a flag; 'drift-check --help' lists them"))
      }
    }
    problems.sort { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  /// The members whose keys were not there before; notes the others.
  mutating func distinct(_ members: [ConfigurationNode.Member]) -> [ConfigurationNode
    .Member]
  {
    var lines: [ByteString: Int] = [:]
    return members.filter { member in
      let key = ByteString(member.key)
      guard let first = lines[key] else {
        lines[key] = member.place.line
        return true
      }
      problems.append(.duplicate(member, firstLine: first))
      return false
    }
  }

  /// The names to look for a meant one in: none for mistakes that are too many to be told, as looking
  /// takes time.
  func guesses(_ names: [String]) -> [String] {
    problems.count < ConfigurationError.most ? names : []
  }

  /// Every key of the top level.
  var keys: [String] {
    flags.filter(\.isSetting).map(\.name) + [Self.overridesKey]
  }

  private mutating func read(_ flag: Flag, _ member: ConfigurationNode.Member) {
    guard case .set(let set) = flag.action else {
      problems.append(
        .init(
          .unknownKey, at: member.place,
          "found '\(flag.name)', expected a setting; give '\(flag.spelling)' on the command line"))
      return
    }
    guard let values = values(of: member.value, for: flag) else { return }
    var scratch = CheckOptions()
    do throws(InvalidValue) {
      for value in values where flag.arity != .toggle { try set(&scratch, value) }
    } catch {
      reject(member.value, flag.name, error.expected)
    }
    settings[flag.name] = Setting(flag: flag, values: values, source: .file(member.place))
  }

  /// Notes that a value is not what its key takes.
  mutating func reject(_ node: ConfigurationNode, _ key: String, _ expected: String) {
    problems.append(
      .init(
        .invalidValue, at: node.place,
        "'\(key)': found \(node.found(for: key)), expected "
          + "\(expected)\(node.hint(expected: expected))"))
  }

  /// The values of a flag as its action takes them; nil after a problem.
  private mutating func values(of node: ConfigurationNode, for flag: Flag) -> [String]? {
    switch (flag.arity, node.value) {
    case (.toggle, .scalar(.boolean(let isOn))): return [isOn ? "true" : "false"]
    case (.toggle, _): reject(node, flag.name, "true or false")
    case (.list, .sequence(let items)), (.many, .sequence(let items)):
      guard let texts = texts(of: items, flag.name) else { return nil }
      guard flag.arity == .list else {
        if !texts.isEmpty { return texts }
        reject(node, flag.name, "a file, or a list of files")
        return nil
      }
      return texts.isEmpty ? [""] : Setting.joined(texts)
    case (_, .scalar(let scalar)):
      if let text = flag.text(of: scalar) { return [text] }
      reject(node, flag.name, flag.expected)
    case (.list, _): reject(node, flag.name, "a list, such as '[a, b]', or 'a,b'")
    case (.many, _): reject(node, flag.name, "a file, or a list of files")
    case (_, _): reject(node, flag.name, flag.expected)
    }
    return nil
  }

  /// The items of a list of texts; nil after a problem.
  private mutating func texts(of items: [ConfigurationNode], _ key: String) -> [String]? {
    var texts: [String] = []
    for item in items {
      guard case .scalar(let scalar) = item.value, let text = scalar.text else {
        reject(item, key, "text")
        return nil
      }
      texts.append(text)
    }
    return texts
  }
}
