internal import DriftDetection

extension ConfigurationFile {
  mutating func readOverrides(_ node: ConfigurationNode) {
    guard case .mapping(let columns) = node.value else {
      reject(node, Self.overridesKey, "columns, such as 'tempo: {psi-fail: 0.5}'")
      return
    }
    for column in distinct(columns) {
      guard case .mapping(let members) = column.value.value else {
        reject(column.value, column.key, "what is different for it, such as '{psi-fail: 0.5}'")
        continue
      }
      var override = ColumnOverride(column: column.key, place: column.place)
      for member in distinct(members) { read(member, into: &override) }
      checkOverride(override)
      overrides.append(override)
    }
  }

  private mutating func read(
    _ member: ConfigurationNode.Member, into override: inout ColumnOverride
  ) {
    guard let key = OverrideKey.all.first(where: { $0.name == member.key }) else {
      let names = OverrideKey.all.map(\.name)
      problems.append(
        keys.contains(member.key)
          ? .misplacedKey(member, "is for all columns; put it at the top level")
          : .unknownKey(
            member, among: guesses(names), "one of " + names.joined(separator: ", ")))
      return
    }
    if key.value == .edges, hasBadEdge(member.value, key.name) { return }
    guard let text = key.text(of: member.value) else {
      reject(member.value, key.name, key.expected)
      return
    }
    do throws(InvalidValue) {
      try key.set(&override, text)
      override.places[key.name] = member.place
    } catch {
      reject(member.value, key.name, error.expected)
    }
  }

  /// Notes the first of some edges that is no number or not greater than the one before.
  private mutating func hasBadEdge(_ node: ConfigurationNode, _ key: String) -> Bool {
    guard case .sequence(let items) = node.value else { return false }
    var last: (value: Double, text: String)?
    for item in items {
      guard case .scalar(.number(let text)) = item.value,
        let value = try? ValueParser.number(text, in: .finite)
      else {
        reject(item, key, NumberRange.finite.expected)
        return true
      }
      if let last, value <= last.value {
        reject(item, key, "a number greater than the one before, \(last.text); sort them")
        return true
      }
      last = (value, text)
    }
    return false
  }

  /// Notes what an override contradicts in itself.
  mutating func checkOverride(_ override: ColumnOverride) {
    let keys = override.keys
    func given(_ name: String) -> OverrideKey? { keys.first { $0.name == name } }
    if override.isIgnored, let other = keys.first(where: { $0.name != "ignore" }) {
      contradict(override, other, "has no effect on a column with 'ignore: true'; choose one")
    }
    if override.kind == .categorical, let other = keys.first(where: \.isNumericOnly) {
      contradict(override, other, "has no effect on a categorical column; take it out")
    }
    if override.kind == .numeric, let other = keys.first(where: \.isLevelsOnly) {
      contradict(override, other, "has no effect on a numeric column; take it out")
    }
    if given("psi-edges") != nil,
      let other = keys.first(where: { $0.isAboutBins && $0.name != "psi-edges" })
    {
      contradict(
        override, other, "has no effect with 'psi-edges', which gives the bins; choose one")
    }
    for pair in LimitPair.all {
      guard let warn = override.limits[pair.warn.name], let fail = override.limits[pair.fail.name],
        pair.isReversed(warn: warn, fail: fail), let key = given(pair.warn.name)
      else { continue }
      contradict(
        override, key,
        "is \(warn), \(pair.areLevels ? "less" : "greater") than '\(pair.fail.name)', \(fail); FAIL "
          + "would come before WARN")
    }
  }

  private mutating func contradict(
    _ override: ColumnOverride, _ key: OverrideKey, _ message: String
  ) {
    problems.append(
      .init(
        .contradiction, at: override.place(of: key),
        "'\(key.name)' of '\(override.column)' \(message)"))
  }
}
