internal import DriftDetection
internal import Tabular

/// What single columns have of their own, beside lists and flags that name them too, on its way into
/// force.
struct OverrideResolution {
  let builder: OptionsBuilder
  var overrides: [ColumnOverride] = []
  var problems: [ConfigurationError.Problem] = []
  private let isOlderJob: Bool
  /// The columns of the lists that are in force, by the name of the flag.
  private let lists: [String: Set<ByteString>]

  init(_ builder: OptionsBuilder, _ options: CheckOptions) {
    self.builder = builder
    isOlderJob = options.configuration.compatibility != .none
    lists = [
      "features": options.configuration.features, "exclude": options.configuration.excluded,
      "categorical": options.categorical,
      "numeric": options.numeric, "gate": options.configuration.gating,
    ].compactMapValues { $0.map { Set($0.map { ByteString($0) }) } }
  }

  private func list(_ name: String, has column: String) -> Bool {
    lists[name]?.contains(ByteString(column)) == true
  }

  /// Whether a flag's value is in the same file, so that nobody wins.
  private func isInFile(_ name: String) -> Bool {
    if case .file = builder.settings[name]?.source { true } else { false }
  }

  mutating func add(_ override: ColumnOverride) {
    var override = override
    let column = override.column
    if override.isIgnored {
      addIgnored(override)
      return
    }
    if list("exclude", has: column) {
      note(override, isInFile("exclude"), "is left out by \(builder.quoted("exclude"))")
      return
    }
    if lists["features"] != nil, !list("features", has: column) {
      note(override, isInFile("features"), "is not among \(builder.quoted("features"))")
      return
    }
    if list("categorical", has: column) {
      clear(&override, "categorical") { $0.isNumericOnly }
      if override.kind == .numeric { clear(&override, "categorical") { $0.name == "kind" } }
    }
    if list("numeric", has: column) {
      clear(&override, "numeric") { $0.isLevelsOnly }
      if override.kind == .categorical { clear(&override, "numeric") { $0.name == "kind" } }
    }
    if override.gates == false, list("gate", has: column) {
      clear(&override, "gate") { $0.name == "gate" }
    }
    if isOlderJob { clear(&override, "psi-compat", \.isAboutBins) }
    overrides.append(override)
  }

  private mutating func addIgnored(_ override: ColumnOverride) {
    let names = ["features", "categorical", "numeric", "gate"]
    guard let name = names.first(where: { list($0, has: override.column) }) else {
      overrides.append(override)
      return
    }
    note(override, isInFile(name), "has 'ignore: true', but is in \(builder.quoted(name)) too")
  }

  /// Drops an override that means nothing; that is a mistake when both are in the file.
  private mutating func note(_ override: ColumnOverride, _ isMistake: Bool, _ message: String) {
    guard isMistake else { return }
    problems.append(
      .init(
        .contradiction, at: override.place, "'\(override.column)' \(message); choose one"))
  }

  /// Drops keys that another flag contradicts; that is a mistake when both are in the file.
  private mutating func clear(
    _ override: inout ColumnOverride, _ flag: String, _ isUnwanted: (OverrideKey) -> Bool
  ) {
    if isInFile(flag) {
      for key in override.keys where isUnwanted(key) {
        problems.append(
          .init(
            .contradiction, at: override.place(of: key),
            key.name == flag
              ? "'\(flag): \(key.text(override) ?? "")' of '\(override.column)', which is in "
                + "\(builder.quoted(flag)) too; choose one"
              : "'\(key.name)' of '\(override.column)' has no effect with \(builder.quoted(flag)); "
                + "choose one"))
      }
    }
    override.remove(isUnwanted)
  }
}
