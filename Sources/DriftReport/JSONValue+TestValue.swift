internal import DriftDetection

extension DriftTest {
  /// What the test reports of an outcome.
  static func json(_ outcome: Outcome) -> JSONValue {
    .object(fields.map { .init($0.key, JSONValue($0.value(outcome))) })
  }
}

extension JSONValue {
  /// A value of a test. Records are on one line each, as are all texts.
  init(_ value: TestValue) {
    self =
      switch value {
      case .number(let number), .probability(let number): .optional(number)
      case .share(let number): .number(number)
      case .count(let number): .integer(number)
      case .flag(let flag): .bool(flag)
      case .text(let text): .string(text)
      case .interval(let range):
        range.map { .inline(.array([.number($0.lowerBound), .number($0.upperBound)])) } ?? .null
      case .categories(let rows):
        .array(
          rows.map {
            .inline(
              .object([.init("level", .string($0.name)), .init("count", .integer($0.rows))]))
          })
      case .texts(let texts): .inline(.strings(texts))
      case .record(let members):
        members.map { .inline(.object($0.map { .init($0.0, JSONValue($0.1)) })) } ?? .null
      case .records(let records): records.map { .array($0.map { JSONValue($0) }) } ?? .null
      }
  }
}
