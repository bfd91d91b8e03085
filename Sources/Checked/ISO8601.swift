/// Calendar dates and date-times of ISO 8601 in the proleptic Gregorian calendar.
///
/// `2026-11`, `2026-11-29`, `2026-11-29T10:00`, `2026-11-29 10:00:00.25+01:00`, `20261129T100000Z`. A date
/// without a time is its first second; a time without an offset is taken as UTC.
package enum ISO8601 {
  /// A point in time.
  package struct Instant: Sendable, Hashable {
    /// Seconds since 1970 in UTC, without leap seconds.
    package let seconds: Double
    /// Whether the text had a time of day.
    package let hasTime: Bool
  }

  /// The point in time that all of these bytes spell; nil when they spell none.
  package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Instant? {
    // Between `2026-11` and nanoseconds with an offset.
    guard text.count >= 7, text.count <= 40 else { return nil }
    var reader = Reader(text: text)
    guard let year = reader.number(4) else { return nil }
    let isExtended = reader.skip(UInt8(ascii: "-"))
    guard let month = reader.number(2), (1...12).contains(month) else { return nil }
    if reader.isAtEnd { return isExtended ? Instant(day(year, month, 1), 0, hasTime: false) : nil }
    guard !isExtended || reader.skip(UInt8(ascii: "-")), let dayOfMonth = reader.number(2),
      dayOfMonth >= 1, dayOfMonth <= days(year, month)
    else { return nil }
    let date = day(year, month, dayOfMonth)
    // Eight digits alone are a number.
    if reader.isAtEnd { return isExtended ? Instant(date, 0, hasTime: false) : nil }
    guard reader.skipSeparator(allowsBlank: isExtended),
      let time = reader.time(isExtended: isExtended)
    else { return nil }
    return Instant(date, time, hasTime: true)
  }

  /// A point in time as text in UTC: a date alone, or with the time to the second.
  package static func text(seconds: Double, hasTime: Bool) -> String {
    // Beyond the years 0 to 9999 there is no text.
    let second = Int(max(-62_167_219_200, min(253_402_300_799, seconds.rounded(.down))))
    let day = second.quotientDown(86_400)
    let (year, month, dayOfMonth) = date(day)
    let date = "\(digits(year, 4))-\(digits(month, 2))-\(digits(dayOfMonth, 2))"
    guard hasTime else { return date }
    let rest = second - 86_400 * day
    return "\(date)T\(digits(rest / 3600, 2)):\(digits(rest / 60 % 60, 2)):\(digits(rest % 60, 2))Z"
  }

  /// The month of a day that is counted from 1970-01-01.
  package static func month(ofDay day: Int) -> Int { date(day).month }

  private static func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }

  private static func days(_ year: Int, _ month: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970-01-01 (Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013).
  private static func day(_ year: Int, _ month: Int, _ dayOfMonth: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year.quotientDown(400)
    let yearOfEra = year - 400 * era
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date of a day, the other way round.
  private static func date(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = shifted.quotientDown(146_097)
    let dayOfEra = shifted - 146_097 * era
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part + (part < 10 ? 3 : -9)
    return (
      yearOfEra + 400 * era + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1
    )
  }
}

extension ISO8601.Instant {
  fileprivate init(_ day: Int, _ secondOfDay: Double, hasTime: Bool) {
    seconds = Double(86_400 * day) + secondOfDay
    self.hasTime = hasTime
  }
}

extension Int {
  /// The quotient, rounded down.
  fileprivate func quotientDown(_ divisor: Int) -> Int {
    self / divisor - (self % divisor < 0 ? 1 : 0)
  }
}

/// Reads a text from its beginning to its end.
private struct Reader {
  let text: UnsafeBufferPointer<UInt8>
  var next = 0

  init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  var isAtEnd: Bool { next == text.count }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard next < text.count, text[next] == byte else { return false }
    next += 1
    return true
  }

  /// What stands between date and time.
  mutating func skipSeparator(allowsBlank: Bool) -> Bool {
    skip(UInt8(ascii: "T")) || skip(UInt8(ascii: "t")) || allowsBlank && skip(UInt8(ascii: " "))
  }

  /// A number of so many digits.
  mutating func number(_ count: Int) -> Int? {
    guard text.count - next >= count else { return nil }
    var number = 0
    for index in next..<next + count {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      number = 10 * number + Int(digit)
    }
    next += count
    return number
  }

  /// The time of day in seconds, less the offset, to the end of the text.
  mutating func time(isExtended: Bool) -> Double? {
    let colon = UInt8(ascii: ":")
    guard let hour = number(2), !isExtended || skip(colon), let minute = number(2) else {
      return nil
    }
    var second = 0
    var fraction = 0.0
    if isExtended ? skip(colon) : next < text.count && text[next] &- UInt8(ascii: "0") <= 9 {
      guard let found = number(2) else { return nil }
      second = found
      if skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ",")) {
        guard let found = self.fraction() else { return nil }
        fraction = found
      }
    }
    // 24:00:00 ends a day, 23:59:60 is a leap second.
    guard hour < 24 || hour == 24 && minute == 0 && second == 0 && fraction == 0, minute < 60,
      second <= 60, let offset = offset(), isAtEnd
    else { return nil }
    return Double(3600 * hour + 60 * minute + second - offset) + fraction
  }

  private mutating func fraction() -> Double? {
    let start = next
    var (digits, scale) = (0.0, 1.0)
    while next < text.count, text[next] &- UInt8(ascii: "0") <= 9 {
      digits = 10 * digits + Double(text[next] &- UInt8(ascii: "0"))
      scale *= 10
      next += 1
    }
    return next > start ? digits / scale : nil
  }

  /// Seconds east of UTC; 0 without an offset.
  private mutating func offset() -> Int? {
    if isAtEnd || skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
    // As PostgreSQL and some logs write it.
    if skip(UInt8(ascii: " ")), isAtEnd { return nil }
    let isEast = skip(UInt8(ascii: "+"))
    guard isEast || skip(UInt8(ascii: "-")), let hour = number(2), hour < 24 else { return nil }
    var minute = 0
    if !isAtEnd {
      _ = skip(UInt8(ascii: ":"))
      guard let found = number(2), found < 60 else { return nil }
      minute = found
    }
    return (isEast ? 1 : -1) * (3600 * hour + 60 * minute)
  }
}
