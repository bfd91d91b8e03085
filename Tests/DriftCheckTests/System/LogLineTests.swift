import DriftCheckCore
import Foundation
import Testing

@Suite struct LogLineTests {
  @Test func jsonKeepsTheOrderAndTheTypes() {
    let line = LogLine(
      .info, "verdict", "Drift detection result",
      [
        ("status", .string("FAIL")), ("rows", .int(-5)), ("psi", .double(0.1)),
        ("tiny", .double(.leastNonzeroMagnitude)), ("bad", .double(.nan)),
        ("big", .double(-.infinity)),
        ("ok", .bool(false)), ("mmd", .null), ("features", .strings(["a", "b\""])),
      ])
    #expect(
      line.json(time: 951_782_400) == """
        {"ts": "2000-02-29T00:00:00Z", "level": "info", "event": "verdict", \
        "message": "Drift detection result", "status": "FAIL", "rows": -5, "psi": 0.1, \
        "tiny": 5e-324, "bad": null, "big": null, "ok": false, "mmd": null, \
        "features": ["a", "b\\""]}
        """)
  }

  /// Foundation's reader is the judge.
  @Test func anyTextReadsBack() throws {
    let odd = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init)))
    for text in [odd, "\u{2028}\u{2029}\u{FEFF}\u{FFFF}", "😀 \\ / \"", "e\u{301}\r\n", ""] {
      let json = LogLine(.info, text, nil, [(text, .string(text))]).json(time: 0)
      #expect(!json.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
      let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: String]
      #expect(object?["event"]?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
      #expect(object?[text]?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    }
  }

  @Test(arguments: [1e-5, 0.1, 1e20, 123_456_789.125, -0.0, .pi, .greatestFiniteMagnitude])
  func numbersReadBack(_ value: Double) throws {
    let json = LogLine(.info, "e", nil, [("x", .double(value))]).json(time: 0)
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect(object?["x"] as? Double == value)
  }

  @Test func textNamesTheLevelOfWhatIsWrong() {
    #expect(LogLine(.warning, "e", "no rows").text == "drift-check: warning: no rows")
    #expect(LogLine(.error, "e", "no rows").text == "drift-check: error: no rows")
    #expect(LogLine(.notice, "e", "done").text == "drift-check: done")
    #expect(
      LogLine(.info, "start", nil, [("seed", .int(0)), ("f", .strings(["a", "b"]))]).text
        == "drift-check: start: seed=0 f=a,b")
  }

  @Test func textCannotMoveTheCursor() {
    #expect(
      LogLine(.info, "e", "a\u{1B}[2J\r\nb\u{9B}\t").text
        == #"drift-check: a\u{1B}[2J\r\nb\u{9B}\t"#)
    let line = LogLine(.info, "e\u{7}", nil, [("k\n", .string("v\u{7F}"))])
    #expect(line.text == #"drift-check: e\u{7}: k\n=v\u{7F}"#)
  }

  @Test func theLoggerWritesLinesFromItsLevelOn() throws {
    let pipe = Pipe()
    let number = pipe.fileHandleForWriting.fileDescriptor
    var logger = Logger(descriptor: number, minimumLevel: .warning, clock: { 0 })
    logger.log(.notice, "e", "hidden")
    logger.log(.warning, "e", "shown")
    logger.format = .json
    logger.log(.error, "e", nil, [("x", .null)])
    logger.write(LogLine(.debug, "e", "always"))
    try pipe.fileHandleForWriting.close()
    let log = String(
      decoding: try #require(try pipe.fileHandleForReading.readToEnd()), as: UTF8.self)
    #expect(
      log == """
        drift-check: warning: shown
        {"ts": "1970-01-01T00:00:00Z", "level": "error", "event": "e", "x": null}
        {"ts": "1970-01-01T00:00:00Z", "level": "debug", "event": "e", "message": "always"}

        """)
  }

  /// A log that cannot be written is no reason to fail.
  @Test func aFullLogIsIgnored() {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    Logger(descriptor: full).log(.error, "e", "text")
    #expect(fcntl(full, F_GETFD) != -1)
  }
}
