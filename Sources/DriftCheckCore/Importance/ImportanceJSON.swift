internal import DriftReport

/// Weights in JSON: `{"feature": weight}`, a list of `{"feature": name, "weight": weight}`, or one of
/// `[name, weight]`.
enum ImportanceJSON {
  /// The weights of a document.
  ///
  /// - Throws: `ImportanceError`.
  static func entries(_ root: ConfigurationNode) throws(ImportanceError) -> [ImportanceFile.Entry] {
    var entries: [ImportanceFile.Entry] = []
    switch root.value {
    case .mapping(let members):
      for member in members {
        entries.append(try entry(member.key, member.place, member.value))
      }
    case .sequence(let items):
      for item in items { entries.append(try entry(item)) }
    case .scalar:
      throw ImportanceError(
        at: root.place, "found \(root.summary), expected weights, such as '{\"tempo\": 0.3}'")
    }
    return entries
  }

  private static func entry(_ node: ConfigurationNode) throws(ImportanceError)
    -> ImportanceFile.Entry
  {
    let expected =
      "expected a feature and its weight, such as '[\"tempo\", 0.3]' or "
      + "'{\"feature\": \"tempo\", \"weight\": 0.3}'"
    switch node.value {
    case .sequence(let pair):
      guard pair.count == 2, let name = name(pair[0]) else {
        throw ImportanceError(at: node.place, "found \(node.summary), \(expected)")
      }
      return try entry(name, pair[0].place, pair[1])
    case .mapping(let members):
      guard members.count == 2, let feature = members.first(where: { $0.key == "feature" }),
        let weight = members.first(where: { $0.key == "weight" }), let name = name(feature.value)
      else { throw ImportanceError(at: node.place, "found \(node.summary), \(expected)") }
      return try entry(name, feature.value.place, weight.value)
    case .scalar: throw ImportanceError(at: node.place, "found \(node.summary), \(expected)")
    }
  }

  /// The name of a feature: a column may be named by a number.
  private static func name(_ node: ConfigurationNode) -> String? {
    switch node.value {
    case .scalar(.text(let text)), .scalar(.number(let text)): text
    default: nil
    }
  }

  private static func entry(
    _ feature: String, _ place: TextPlace, _ node: ConfigurationNode
  ) throws(ImportanceError) -> ImportanceFile.Entry {
    guard case .scalar(.number(let text)) = node.value, let weight = ImportanceFile.number(text)
    else {
      throw ImportanceError(
        at: node.place,
        "the weight of '\(PlainText.cut(feature, to: 60))': found \(node.summary), expected "
          + ImportanceFile.weight)
    }
    return ImportanceFile.Entry(feature: feature, place: place, weight: weight)
  }
}
