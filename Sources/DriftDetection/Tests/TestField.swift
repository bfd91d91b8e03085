/// A number or text that a test reports, under one name in the JSON report and, where it says so, as
/// a gauge, in a log line, in the table of features and in the page's table of tests.
package struct TestField<Outcome: TestResult>: Sendable {
  /// Its key in the JSON report.
  package let key: String
  /// Its row in the page's table of tests; nil for none.
  package var label: String?
  /// Whether its row comes before the others.
  package var leads = false
  /// Its gauge; nil for none.
  package var metric: TestMetric?
  /// Its name in a log line; nil where none has it.
  package var logName: String?
  /// Its column in the table of features; nil for none.
  package var column: TestColumn?
  /// Its value.
  package let value: @Sendable (Outcome) -> TestValue

  /// What the test says.
  static var status: TestField { TestField(key: "status") { .text($0.status.rawValue) } }
}

/// A value of a field, and how it is shown.
package indirect enum TestValue: Sendable {
  /// A number; nil where there is none.
  case number(Double?)
  /// A probability.
  case probability(Double?)
  /// A share of rows.
  case share(Double)
  /// A count.
  case count(Int)
  /// Yes or no.
  case flag(Bool)
  /// A text.
  case text(String)
  /// An interval.
  case interval(ClosedRange<Double>?)
  /// Rows by category.
  case categories([(name: String, rows: Int)])
  /// Texts.
  case texts([String])
  /// Values under names; nil where there are none.
  case record([(String, TestValue)]?)
  /// Records; nil where there are none.
  case records([TestValue]?)

  /// The number; nil where there is none.
  package var number: Double? {
    switch self {
    case .number(let value), .probability(let value): value
    case .share(let value): value
    case .count(let value): Double(value)
    default: nil
    }
  }
}

/// A gauge of a field.
package struct TestMetric: Sendable {
  /// The end of its name.
  package let name: String
  /// What it is.
  package let help: String
}

/// A column of a field in the table of features.
package struct TestColumn: Sendable {
  /// Its heading on a terminal.
  package let heading: String
  /// Its heading on the page.
  package let pageHeading: String
  /// The digits behind the point; nil for a probability.
  package let digits: Int?
  /// Whether its numbers may be below zero, and matter by their size.
  package var isSigned = false

  /// A column of sizes.
  static func size(_ heading: String, pageHeading: String, digits: Int, isSigned: Bool = false)
    -> TestColumn
  {
    TestColumn(heading: heading, pageHeading: pageHeading, digits: digits, isSigned: isSigned)
  }

  /// A column of adjusted p-values.
  static func adjustedPValue(of test: String) -> TestColumn {
    TestColumn(heading: "adj. p", pageHeading: "Adj. p of \(test)", digits: nil)
  }
}
