import Checked
import Testing

@Suite("ISO 8601") struct ISO8601Tests {
  private static func parse(_ text: String) -> ISO8601.Instant? {
    var text = text
    return text.withUTF8 { ISO8601.parse($0) }
  }

  @Test(
    "Points in time, as date(1) has them",
    arguments: [
      ("1970-01-01", 0, false), ("2026-11-29", 1_795_910_400, false),
      ("2026-11", 1_793_491_200, false), ("2000-02-29", 951_782_400, false),
      ("0001-01-01", -62_135_596_800, false), ("9999-12-31", 253_402_214_400, false),
      ("2026-11-29T10:00:00Z", 1_795_946_400, true), ("2026-11-29 10:00:00", 1_795_946_400, true),
      ("2026-11-29t10:00z", 1_795_946_400, true), ("2026-11-29T24:00:00", 1_795_996_800, true),
      ("2026-11-29T10:00:00.25", 1_795_946_400.25, true),
      ("2026-11-29T10:00:00,5+01:00", 1_795_942_800.5, true),
      ("2026-11-29 10:00:00-0530", 1_795_966_200, true),
      ("2026-11-29 10:00:00 +00:00", 1_795_946_400, true),
      ("20261129T100000Z", 1_795_946_400, true), ("1969-12-31T23:59:59.999999999Z", -1e-9, true),
      ("2016-12-31T23:59:60Z", 1_483_228_800, true),
    ] as [(String, Double, Bool)])
  func instants(_ text: String, _ seconds: Double, _ hasTime: Bool) throws {
    let instant = try #require(Self.parse(text))
    #expect(abs(instant.seconds - seconds) < 1e-6 && instant.hasTime == hasTime)
  }

  @Test(
    "Other texts",
    arguments: [
      "", "2026", "20261129", "202611", "2026-1-1", "2026-13-01", "2026-00-10", "2026-02-29",
      "2026-11-31", "2026-11-00", "26-11-29", "2026/11/29", "29.11.2026", "2026-11-29T",
      "2026-11-29T10", "2026-11-29T10:60", "2026-11-29T25:00", "2026-11-29T24:00:01",
      "2026-11-29T10:00:61", "2026-11-29T10:00:00.", "2026-11-29T10:00:00+", "2026-11-29T10:00:00 ",
      "2026-11-29T10:00:00ZZ", "2026-11-29T10:00:00+25:00", "2026-11-29x10:00:00", "2026-1129",
      "+2026-11-29", "２０２６-11-29", "2026-11-29 10:00:00 PM",
      "2026-11-29T10:00:00." + String(repeating: "1", count: 40),
    ])
  func others(_ text: String) { #expect(Self.parse(text) == nil) }

  @Test("Texts of points in time") func texts() throws {
    // Every 13 days and some seconds, over all years.
    for step in 0..<24_000 {
      let seconds = -62_167_219_200 + Double(step) * (13 * 86_400 * 11 + 12_347)
      let text = ISO8601.text(seconds: seconds, hasTime: true)
      guard seconds <= 253_402_300_799 else { break }
      #expect(try #require(Self.parse(text)).seconds == seconds, "\(text)")
    }
    #expect(ISO8601.text(seconds: 1_795_946_400.75, hasTime: true) == "2026-11-29T10:00:00Z")
    #expect(ISO8601.text(seconds: -1, hasTime: false) == "1969-12-31")
    // What has no text is cut.
    #expect(ISO8601.text(seconds: 1e300, hasTime: false) == "9999-12-31")
    #expect(ISO8601.text(seconds: -1e300, hasTime: false) == "0000-01-01")
  }
}
