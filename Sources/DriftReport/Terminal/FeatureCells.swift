internal import DriftDetection

/// What a table says of one feature, as text.
struct FeatureCells {
  private let feature: FeatureResult

  init(_ feature: FeatureResult) { self.feature = feature }

  /// What stands where there is nothing to say.
  static let none = "-"

  /// What a test says.
  func text(_ column: ShownColumn) -> String {
    guard let number = column.number(feature) else { return Self.none }
    return column.declared.digits.map { NumberText.fixed(number, $0) }
      ?? Self.probability(number)
  }

  /// The share of current rows without a value.
  var missing: String {
    guard let current = feature.current, current.rows > 0 else { return "gone" }
    return NumberText.percent(Double(current.missing + current.unparseable) / Double(current.rows))
  }

  private static func probability(_ p: Double) -> String {
    p < 1e-12 ? "< 1e-12" : NumberText.significant(p, 2)
  }
}

/// The features of a table: those without a finding are left to the report when there are many.
struct ShownFeatures {
  /// More features than this without a finding are not shown.
  static let mostQuiet = 60
  /// Of more features with a finding than this the worst are shown.
  static let mostFound = 2_000

  let features: [FeatureResult]
  /// How many of those that are left out were not compared.
  private let hiddenNotCompared: Int
  /// How many are left out.
  let hidden: Int
  /// How many of them have a finding.
  private let hiddenFindings: Int

  init(_ all: [FeatureResult]) {
    let quiet = all.count { !$0.status.isFinding }
    let found = all.count - quiet
    hiddenFindings = max(0, found - Self.mostFound)
    if hiddenFindings > 0 {
      features = all.worst(Self.mostFound).sorted().map { all[$0] }
    } else {
      features = quiet > Self.mostQuiet ? all.filter { $0.status.isFinding } : all
    }
    hidden = all.count - features.count
    hiddenNotCompared =
      hidden == 0
      ? 0
      : all.count { $0.status == .notCompared } - features.count { $0.status == .notCompared }
  }

  /// What is said about those that are left out; nil for none.
  var remark: String? {
    guard hidden > 0 else { return nil }
    if hiddenFindings > 0 {
      return "\(hidden) more features, \(hiddenFindings) of them not OK, see the report"
    }
    let rest = hiddenNotCompared > 0 ? ", but for \(hiddenNotCompared) that were not compared" : ""
    return "\(hidden) more features are OK\(rest), see the report"
  }
}
