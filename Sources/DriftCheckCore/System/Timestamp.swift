import Glibc

/// Points in time as RFC 3339 text in UTC, to the second.
package enum Timestamp {
  /// The seconds since 1970 of now.
  package static func now() -> Int64 { Int64(time(nil)) }

  /// The report's time: SOURCE_DATE_EPOCH when set, else now.
  /// - Throws: `UsageError` when SOURCE_DATE_EPOCH is not a whole number of seconds up to the
  ///   year 9999.
  package static func generatedAt(
    _ environment: Environment, now: Int64 = now()
  ) throws(UsageError) -> String {
    format(try fixed(environment) ?? now)
  }

  /// The time that SOURCE_DATE_EPOCH asks for; nil when it is not set.
  /// - Throws: As `generatedAt`.
  package static func fixed(_ environment: Environment) throws(UsageError) -> Int64? {
    guard let text = environment.nonEmpty("SOURCE_DATE_EPOCH") else { return nil }
    let last: Int64 = 253_402_300_799
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let seconds = Int64(text),
      seconds <= last
    else {
      throw UsageError(
        .environment, subject: "SOURCE_DATE_EPOCH",
        "SOURCE_DATE_EPOCH is '\(text)': expected whole seconds since 1970, from 0 to \(last).")
    }
    return seconds
  }

  /// The text of a point in time, such as `2026-11-21T02:00:00Z`.
  package static func format(_ seconds: Int64) -> String {
    var clock = time_t(seconds)
    var parts = tm()
    gmtime_r(&clock, &parts)
    let date = [digits(parts.tm_year + 1900, 4), digits(parts.tm_mon + 1), digits(parts.tm_mday)]
    let hours = [digits(parts.tm_hour), digits(parts.tm_min), digits(parts.tm_sec)]
    return date.joined(separator: "-") + "T" + hours.joined(separator: ":") + "Z"
  }

  private static func digits(_ number: Int32, _ count: Int = 2) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
