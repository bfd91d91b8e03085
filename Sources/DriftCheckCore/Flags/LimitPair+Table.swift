internal import DriftDetection

extension LimitPair {
  /// The levels of significance.
  static let significance = LimitPair(
    warn: Limit(name: "warn-alpha", path: \.warnAlpha),
    fail: Limit(name: "alpha", path: \.alpha), areLevels: true,
    says: "The significance level of", columnNote: "; p-values stay adjusted over all columns",
    metavar: "p", section: .verdict)

  /// The limits of the tests, as these declare them.
  private static let ofTests = TestTable.ofFeatures.map { LimitPair($0.limits, of: $0.kinds) }

  /// All of them, in the order of the keys of a column.
  static let all = ofTests + [significance]

  /// The flags of the tests that have theirs in a part of the help.
  static func flags(in section: Flag.Section) -> [Flag] {
    ofTests.filter { $0.section == section }.flatMap(\.flags)
  }

  /// The threshold of a flag; nil for other flags.
  static func path(_ name: String) -> (any KeyPath<Thresholds, Double> & Sendable)? {
    all.flatMap(\.limits).first { $0.name == name }?.path
  }

  /// The limits of a test of such columns. Its flags are named by the keys of reports.
  private init(_ declared: DeclaredLimits, of kinds: Set<ColumnKind>) {
    let section: Flag.Section =
      switch declared.test {
      case .populationStability: .psi
      case .meanShift: .meanShift
      // A test without settings of its own.
      default: .verdict
      }
    self.init(
      warn: Limit(
        name: declared.warnKey.replacing("_", with: "-"), path: \Thresholds[declared].warn),
      fail: Limit(
        name: declared.failKey.replacing("_", with: "-"), path: \Thresholds[declared].fail),
      says: declared.documentation, metavar: declared.symbol, section: section,
      isNumericOnly: kinds == [.numeric], isLevelsOnly: kinds == [.categorical])
  }
}
