package import DriftReport

extension Timestamp {
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
}
