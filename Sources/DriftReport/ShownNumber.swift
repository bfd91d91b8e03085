internal import DriftDetection

/// A number as people read it, and as the JSON report has it.
struct ShownNumber {
  /// A few digits.
  let text: String
  /// All digits, where `text` has fewer; goes into `title`.
  let exact: String?

  private init(_ text: String, exact: String, value: Double) {
    self.text = text
    self.exact = Double(text) == value ? nil : exact
  }

  /// A number with four significant digits.
  init(_ value: Double) {
    self.init(NumberText.significant(value, 4), exact: "\(value)", value: value)
  }

  /// A number with so many digits behind the point.
  init(_ value: Double, fixed digits: Int) {
    self.init(NumberText.fixed(value, digits), exact: "\(value)", value: value)
  }

  /// A p-value.
  init(probability p: Double) {
    self.init(p < 1e-12 ? "< 1e-12" : NumberText.significant(p, 2), exact: "\(p)", value: p)
  }

  /// A count, in groups of three digits.
  init(count: Int) {
    self.init(Self.grouped(count), exact: "\(count)", value: Double(count))
  }

  /// A share in per cent.
  init(share: Double) {
    self.init(Self.percent(share), exact: "\(share)", value: share)
  }

  /// A share in per cent that may be below zero.
  init(signedShare share: Double) {
    self.init(Self.unbroken(NumberText.percent(share)), exact: "\(share)", value: share)
  }

  /// `12,345`.
  static func grouped(_ count: Int) -> String { NumberText.grouped(count) }

  /// A share in per cent that never looks like nothing when there is something.
  static func percent(_ share: Double) -> String {
    unbroken(share > 0 && share < 0.0005 ? "< 0.1 %" : NumberText.percent(share))
  }

  /// A p-value in words.
  static func pValue(_ p: Double) -> String { unbroken(NumberText.pValue(p)) }

  /// A text that no line end may cut.
  private static func unbroken(_ text: String) -> String {
    String(text.map { $0 == " " ? "\u{A0}" : $0 })
  }

  /// A count of things: `1 row`, `2,000 rows`.
  static func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(grouped(count)) \(count == 1 ? one : many)"
  }
}
