internal import Tabular

extension OptionsBuilder {
  /// A flag, and flags that mean nothing beside it.
  struct Exclusion: Sendable {
    let name: String
    /// Whether the flag wins over the others of stronger layers too.
    var isFinal = false
    let excludes: @Sendable (String) -> Bool
  }

  /// Which flags exclude which.
  static let exclusions = [
    // Who leaves the test out does not want it because something says how it would be made.
    Exclusion(name: "no-mmd", isFinal: true) {
      $0.hasPrefix("mmd-") || $0.hasPrefix("permutation") || $0.hasPrefix("dependence-")
        || $0 == "no-dependence"
    },
    Exclusion(name: "no-dependence", isFinal: true) { $0.hasPrefix("dependence-") },
    Exclusion(name: "mmd-bandwidth") { $0 == "mmd-kernels" },
    Exclusion(name: "psi-compat") {
      ["psi-bins", "psi-binning", "psi-missing", "psi-zero", "psi-gate"].contains($0)
    },
    Exclusion(name: "push-basic-auth-file") { $0 == "push-bearer-token-file" },
    Exclusion(name: "edges-from") { $0 == "psi-bins" || $0 == "psi-binning" },
    Exclusion(name: "no-rows") { $0 == "mmd-max-rows" },
  ]

  /// Lists that must not have a column in common.
  static let disjointLists = [
    ("features", "exclude"), ("categorical", "numeric"), ("exclude", "categorical"),
    ("exclude", "numeric"), ("gate", "exclude"),
  ]

  /// Whether `name` means nothing beside a flag that was given, and which one that is.
  func exclusion(of name: String) -> String? {
    let given = given
    return Self.exclusions.first { given.contains($0.name) && $0.excludes(name) }?.name
  }

  /// The first flag that was given and means nothing beside `name`, if that was given too. In the
  /// order of the table, so that the message does not depend on a hash.
  func given(excludedBy name: String) -> String? {
    let given = given
    guard given.contains(name), let rule = Self.exclusions.first(where: { $0.name == name }) else {
      return nil
    }
    return syntax.allFlags.map(\.name).first { given.contains($0) && rule.excludes($0) }
  }

  /// How strong the value of a flag is; 0 for the default.
  func rank(_ name: String) -> Int { settings[name]?.source.level ?? 0 }

  /// Takes out of `weaker`, which the command line does not have, what contradicts something
  /// stronger: a flag on the command line must do its work whatever the file says.
  func withoutContradicted(_ weaker: [String: Setting]) -> [String: Setting] {
    var weaker = weaker
    func all() -> [String: Setting] {
      weaker.merging(settings) { $1 }.filter { !$0.value.isOff }
    }
    for rule in Self.exclusions {
      let all = all()
      guard let own = all[rule.name] else { continue }
      let others = all.values.filter { rule.excludes($0.flag.name) }
      if !rule.isFinal, others.contains(where: { $0.source.level > own.source.level }) {
        weaker[rule.name] = nil
      } else {
        for other in others where other.source.level != own.source.level {
          weaker[other.flag.name] = nil
        }
      }
    }
    if let quiet = all()["quiet"], let format = all()["format"], format.values == ["json"],
      quiet.source.level != format.source.level
    {
      weaker[quiet.source.level < format.source.level ? "quiet" : "format"] = nil
    }
    for (first, second) in Self.disjointLists {
      guard let one = all()[first], let other = all()[second],
        one.source.level != other.source.level
      else { continue }
      let (loser, winner) = one.source.level < other.source.level ? (one, other) : (other, one)
      let taken = Set(winner.items.map { ByteString($0) })
      let rest = loser.items.filter { !taken.contains(ByteString($0)) }
      if rest.isEmpty, !["features", "gate"].contains(loser.flag.name) {
        weaker[loser.flag.name] = nil
      } else if !rest.isEmpty {
        weaker[loser.flag.name]?.values = Setting.joined(rest)
      }
    }
    // What is not checked cannot gate.
    if let gate = weaker["gate"], let features = all()["features"],
      gate.source.level < features.source.level
    {
      let checked = Set(features.items.map { ByteString($0) })
      let rest = gate.items.filter { checked.contains(ByteString($0)) }
      if !rest.isEmpty { weaker["gate"]?.values = Setting.joined(rest) }
    }
    return weaker
  }

  /// Takes back what the command line says and something final in `weaker` leaves no room for.
  mutating func takeBackContradicted(_ weaker: [String: Setting]) {
    let rules = Self.exclusions.filter { $0.isFinal && weaker[$0.name]?.isOff == false }
    let kept = settings.filter { name, _ in !rules.contains { $0.excludes(name) } }
    guard kept.count < settings.count else { return }
    settings = kept
    var rest = CheckOptions()
    rest.inputs = options.inputs
    for setting in kept.values {
      guard case .set(let set) = setting.flag.action else { continue }
      for value in setting.values {
        // Every value was taken before. The order of flags does not matter.
        try? set(&rest, setting.flag.arity == .toggle ? "" : value)
      }
    }
    options = rest
  }
}
