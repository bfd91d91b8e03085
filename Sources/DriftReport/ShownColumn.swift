internal import DriftDetection

/// A column that a test declares for tables of features.
struct ShownColumn: Sendable {
  /// The test.
  let test: Finding.Test
  /// What the test declares of it.
  let declared: TestColumn
  /// The number of a feature; nil where there is none.
  let number: @Sendable (FeatureResult) -> Double?

  /// Whether it holds probabilities.
  var isProbability: Bool { declared.digits == nil }

  /// The columns of all tests, in the order of the reports.
  static let all = TestTable.ofFeatures.flatMap { columns($0) }

  /// The same with the size before the probability.
  static let sizesFirst = TestTable.ofFeatures.flatMap { test in
    let columns = all.filter { $0.test == test.id }
    return columns.filter { !$0.isProbability } + columns.filter(\.isProbability)
  }

  private static func columns<Test: FeatureTest>(_: Test.Type) -> [ShownColumn] {
    Test.fields.compactMap { field in
      field.column.map { column in
        ShownColumn(test: Test.id, declared: column) {
          $0.results[Test.Outcome.self].flatMap { field.value($0).number }
        }
      }
    }
  }
}
