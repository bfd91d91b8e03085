import DriftCheckCore
import DriftReport
import Testing

@Suite struct TimestampTests {
  /// From `date -u -d @SECONDS +%FT%TZ` (GNU coreutils 9.1).
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"),
      (951_782_400, "2000-02-29T00:00:00Z"), (1_795_226_400, "2026-11-21T02:00:00Z"),
      (4_107_542_400, "2100-03-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] as [(Int64, String)])
  func isUTC(_ seconds: Int64, _ text: String) throws {
    #expect(Timestamp.format(seconds) == text)
    let variables = Environment(["SOURCE_DATE_EPOCH": "\(seconds)"])
    #expect(try Timestamp.generatedAt(variables, now: 1) == text)
  }

  @Test func withoutTheVariableItIsNow() throws {
    #expect(try Timestamp.generatedAt(Environment([:]), now: 60) == "1970-01-01T00:01:00Z")
    let empty = Environment(["SOURCE_DATE_EPOCH": ""])
    #expect(try Timestamp.generatedAt(empty, now: 60) == "1970-01-01T00:01:00Z")
  }

  @Test(arguments: ["-1", "1.5", "now", "253402300800", "99999999999999999999", "+1", " 1"])
  func anotherValueIsAUsageError(_ value: String) {
    do throws(UsageError) {
      _ = try Timestamp.generatedAt(Environment(["SOURCE_DATE_EPOCH": value]))
      Issue.record("'\(value)' was taken")
    } catch {
      #expect(error.code == .environment && error.subject == "SOURCE_DATE_EPOCH")
      #expect(error.message.hasPrefix("SOURCE_DATE_EPOCH is '\(value)': expected whole seconds"))
    }
  }
}
