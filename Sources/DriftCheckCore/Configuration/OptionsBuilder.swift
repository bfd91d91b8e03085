/// Options on their way from tokens to checked values.
package struct OptionsBuilder {
  /// What the command takes.
  let syntax: CommandSyntax
  /// What has been read so far.
  package internal(set) var options = CheckOptions()
  /// What was given, by the name of the flag.
  var settings: [String: Setting] = [:]
  /// What the configuration file says of single columns.
  var overrides: [ColumnOverride] = []
  /// The value of `--config`.
  private(set) var configuration: String?
  /// The configuration file in force: that of `--config`, else that of the variable.
  var configurationPath: String?
  /// Whether the flags without which there is nothing to do must be given.
  var needsFiles = true
  /// The flag that further words belong to.
  private var open: Flag?

  /// Nothing yet.
  init(_ syntax: CommandSyntax) { self.syntax = syntax }

  /// Takes a flag and its first value.
  mutating func take(
    _ flag: Flag, _ value: String?,
    _ set: (inout CheckOptions, String) throws(InvalidValue) -> Void
  ) throws(UsageError) {
    guard syntax.takes(flag) else {
      throw UsageError(
        .unknownFlag, subject: flag.spelling,
        "'\(flag.spelling)' is no option of 'drift-check \(syntax.name)'.")
    }
    if settings[flag.name] != nil, flag.arity == .single { throw .repeated(flag) }
    settings[flag.name, default: Setting(flag: flag, values: [], source: .flag)].values
      .append(flag.arity == .toggle ? "true" : value ?? "")
    open = flag.arity == .many ? flag : nil
    do throws(InvalidValue) {
      try set(&options, value ?? "")
    } catch {
      throw .invalidValue(value ?? "", for: flag, error)
    }
  }

  /// Takes the path of the configuration file.
  mutating func takeConfiguration(_ flag: Flag, _ path: String) throws(UsageError) {
    guard configuration == nil else { throw .repeated(flag) }
    guard !path.isEmpty, path != "-" else {
      throw .invalidValue(path, for: flag, .path)
    }
    configuration = path
    closeFlag()
  }

  /// Takes a word: a further value of the flag before it, a file, or a mistake. `command` is the
  /// command that it looks like.
  mutating func takeWord(_ word: String, meant command: String?) throws(UsageError) {
    guard let flag = open, case .set(let set) = flag.action else {
      guard syntax.takesFiles, !word.isEmpty else {
        throw .unexpectedArgument(word, meant: command)
      }
      options.inputs.append(word)
      return
    }
    try take(flag, word, set)
  }

  /// Ends the flag that further words belong to.
  mutating func closeFlag() { open = nil }

  /// The names of the flags that were given, wherever.
  var given: Set<String> {
    Set(settings.values.filter { !$0.isOff }.map(\.flag.name))
  }

  /// A flag, with its value, as it was given.
  func quoted(_ name: String, _ value: String? = nil) -> String {
    switch settings[name]?.source {
    case .file: "'\(name)\(value.map { ": \($0)" } ?? "")'"
    case .environment(let variable): "'\(variable)\(value.map { "=\($0)" } ?? "")'"
    case .flag, nil: "'--\(name)\(value.map { " \($0)" } ?? "")'"
    }
  }
}
