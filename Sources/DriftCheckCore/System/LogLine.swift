internal import DriftReport

/// The value of a field of a log line.
package enum LogValue: Sendable, Hashable {
  /// Text.
  case string(String)
  /// A whole number.
  case int(Int)
  /// A number; `null` when it is not finite.
  case double(Double)
  /// A truth value.
  case bool(Bool)
  /// Nothing.
  case null
  /// Texts.
  case strings([String])

  /// The value as JSON.
  var json: JSONValue {
    switch self {
    case .string(let text): .string(text)
    case .int(let number): .integer(number)
    case .double(let number): .number(number)
    case .bool(let flag): .bool(flag)
    case .null: .null
    case .strings(let texts): .strings(texts)
    }
  }

  /// The value for people, on one line.
  var text: String {
    switch self {
    case .string(let text): PlainText.neutralised(text)
    case .strings(let texts): texts.map(PlainText.neutralised).joined(separator: ",")
    case .int, .double, .bool, .null: String(decoding: json.line(), as: UTF8.self)
    }
  }
}

/// One line of the log.
package struct LogLine: Sendable {
  /// How much a line matters, from little to much.
  package enum Level: String, Sendable, Hashable, Comparable, CaseIterable {
    /// For the curious.
    case debug
    /// What happens.
    case info
    /// What everybody should see.
    case notice
    /// Something is odd.
    case warning
    /// Something failed.
    case error

    /// Whether `left` matters less.
    package static func < (left: Self, right: Self) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  /// How much it matters.
  package var level: Level
  /// What happened, in one word for programs.
  package var event: String
  /// What happened, for people; nil when the fields say it all.
  package var message: String?
  /// The event's fields in order, with the names of the report.
  package var fields: [(String, LogValue)]

  /// Creates a line.
  package init(
    _ level: Level, _ event: String, _ message: String? = nil, _ fields: [(String, LogValue)] = []
  ) {
    self.level = level
    self.event = event
    self.message = message
    self.fields = fields
  }

  /// One JSON object: `ts`, `level`, `event`, `message` if there is one, then the fields. `time` is
  /// in seconds since 1970.
  package func json(time: Int64) -> String {
    var all: [(String, LogValue)] = [
      ("ts", .string(Timestamp.format(time))), ("level", .string(level.rawValue)),
      ("event", .string(event)),
    ]
    if let message { all.append(("message", .string(message))) }
    let members = (all + fields).map { JSONValue.Member($0.0, $0.1.json) }
    return String(decoding: JSONValue.object(members).line(), as: UTF8.self)
  }

  /// `drift-check: warning: message`, without the level for what is no warning or error; the event
  /// and its fields when there is no message.
  package var text: String {
    let prefix = level >= .warning ? "drift-check: \(level.rawValue): " : "drift-check: "
    if let message { return prefix + PlainText.neutralised(message) }
    let parts = fields.map { "\(PlainText.neutralised($0.0))=\($0.1.text)" }
    return prefix + ([PlainText.neutralised(event) + ":"] + parts).joined(separator: " ")
  }
}
