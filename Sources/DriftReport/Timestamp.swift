internal import Glibc

/// Points in time as RFC 3339 text in UTC, to the second.
package enum Timestamp {
  /// The seconds since 1970 of now.
  package static func now() -> Int64 { Int64(time(nil)) }

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
