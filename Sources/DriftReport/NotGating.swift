internal import DriftDetection

extension DriftResult {
  /// What there is to say of the features that do not gate, such as `1 of 3 that do not gate drifted:
  /// tempo`; nil where all gate. It stands beside the verdict, of which they are no part.
  package var notGatingText: String? {
    let others = features.lazy.filter { !$0.gates }
    let count = others.count { _ in true }
    guard count > 0 else { return nil }
    let found = [(FeatureStatus.fail, "drifted"), (.warn, "changed a little")].compactMap {
      status, verb -> (number: String, words: String)? in
      Self.listed(others.filter { $0.status == status }.map(\.name)).map {
        ($0, "\(verb): \($1)")
      }
    }
    let all = "\(count == 1 ? "does" : "do") not gate"
    guard let first = found.first else { return "\(count) \(all)" }
    let rest = found.dropFirst().map { ", \($0.number) \($0.words)" }.joined()
    return "\(first.number) of \(count) that \(all) \(first.words)\(rest)"
  }

  /// How many names there are, and the first of them; nil for none.
  private static func listed(_ names: some Sequence<String>) -> (String, String)? {
    let names = Array(names)
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(5).map { LongText.cut(PlainText.neutralised($0), to: 60) }
    let rest = names.count > shown.count ? " and \(names.count - shown.count) more" : ""
    return ("\(names.count)", shown.joined(separator: ", ") + rest)
  }
}

extension FeatureResult {
  /// What stands behind what is said of a feature that does not gate; empty for one that does.
  var gateMark: String { gates ? "" : " (does not gate)" }
}
