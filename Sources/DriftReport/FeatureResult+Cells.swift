internal import Checked
internal import DriftDetection

// What is reported of the cells of a feature that have no value of its kind, and of points in time.

extension FeatureResult {
  /// What its cells should be.
  var cellNoun: String { kind == .time ? "date" : "number" }

  /// The most frequent texts of invalid cells of both sides.
  var invalidExamplesJSON: JSONValue {
    .array(
      (baseline.invalidExamples + (current?.invalidExamples ?? [])).map { cell in
        .inline(
          .object([
            .init("text", .string(cell.text)), .init("count", .integer(cell.count)),
            .init("file", cell.file.map { .string($0) } ?? .null),
            .init("line", cell.line.map { .integer($0) } ?? .null),
          ]))
      })
  }

  /// The ranges of a time feature and the age of its newest value; null for others.
  func timeJSON(at generatedAt: String) -> JSONValue {
    guard kind == .time else { return .null }
    var text = generatedAt
    let now = text.withUTF8 { ISO8601.parse($0)?.seconds }
    let age = now.flatMap { now in current?.maximum.map { now - $0 } }
    return .object([
      .init("baseline", Self.rangeJSON(baseline)),
      .init("current", current.map { Self.rangeJSON($0) } ?? .null),
      .init("share_outside", .optional(shareOutside)),
      .init("age_seconds", .optional(age)),
    ])
  }

  private static func rangeJSON(_ side: SideSummary) -> JSONValue {
    let range = side.timeRange
    return .inline(
      .object([
        .init("earliest", range.map { .string($0.earliest) } ?? .null),
        .init("latest", range.map { .string($0.latest) } ?? .null),
      ]))
  }
}
