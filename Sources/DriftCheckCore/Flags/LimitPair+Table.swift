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

  /// Those of single columns, in the order of the keys of a column.
  static let all = ofTests + [significance]

  /// Those of the tests of all features together.
  static let joint = TestTable.jointLimits.map { LimitPair($0, of: [.numeric]) }

  /// The flags of a test of all features together.
  static func jointFlags(_ test: Finding.Test) -> [Flag] {
    zip(TestTable.jointLimits, joint).filter { $0.0.test == test }.flatMap(\.1.flags)
  }

  /// The flags of the tests that have theirs in a part of the help.
  static func flags(in section: Flag.Section) -> [Flag] {
    ofTests.filter { $0.section == section }.flatMap(\.flags)
  }

  /// The threshold of a flag; nil for other flags.
  static func path(_ name: String) -> (any KeyPath<Thresholds, Double> & Sendable)? {
    (all + joint).flatMap(\.limits).first { $0.name == name }?.path
  }

  /// The limits of a test of such columns. Its flags are named by the keys of reports.
  private init(_ declared: DeclaredLimits, of kinds: Set<ColumnKind>) {
    let section: Flag.Section =
      switch declared.test {
      case .populationStability: .psi
      case .meanShift: .meanShift
      case .maximumMeanDiscrepancy, .dependence: .mmd
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
