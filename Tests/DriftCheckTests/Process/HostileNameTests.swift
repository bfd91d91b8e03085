import DriftTestSupport
import Foundation
import Testing

/// Column names, levels and file names that try to break JSON or the terminal.
@Suite struct HostileNameTests {
  static let names = [
    "quote\"d", "back\\slash", "\u{1B}[31mred\u{1B}[0m", "two\nlines", "carriage\rreturn",
    "tab\tinside", "🎸 guitar 👩‍🎤", "bell\u{7}\u{8}", "c1 \u{9B}2J", "delete\u{7F}",
    "right\u{202E}tfel",
    "{\"status\": \"OK\"}", "a,b;c", "'; DROP TABLE x; --", "</script>", "line\u{2028}separator",
    String(repeating: "long ", count: 2_000) + "name",
  ]

  /// A line may end, and nothing else that a terminal would act on.
  static func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n" || scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
    }
  }

  @Test(arguments: names)
  func name(_ name: String) throws {
    func table(_ cells: [String]) -> CSVTable {
      var table = CSVTable(["quiet": cells])
      table.columns.append((name, cells))
      return table
    }
    let text = CSVTable.words(["1"], 50) + CSVTable.words(["oops"], 1)
    let check = try CheckFolder(
      baseline: table(CSVTable.words(["1", "2"], 51)), current: table(text))
    // Values that are not numbers: the name is in reasons too.
    let outcome = try check.run(["--no-mmd", "--color", "never"])
    #expect(outcome.exitCode == 2, "\(outcome)")
    #expect(Self.isHarmless(outcome.outputText), "\(outcome)")
    let report = try check.report()
    let key = try #require(report["psi_by_feature"]?.keys.last)
    #expect(Array(key.utf8) == Array(name.utf8))
    #expect(report.at("features/1/name")?.text.map { Array($0.utf8) } == Array(name.utf8))
    // A reader that is not ours agrees.
    let foundation = try JSONSerialization.jsonObject(with: check.folder.read("report.json"))
    let dictionary = try #require(
      (foundation as? [String: Any])?["psi_by_feature"] as? [String: Any])
    #expect(dictionary[name] != nil)
  }

  @Test(arguments: names)
  func level(_ level: String) throws {
    let check = try CheckFolder(
      baseline: CSVTable(["plan": CSVTable.words(["free", "pro"], 100)]),
      current: CSVTable(["plan": CSVTable.words(["free", level], 100)]))
    let outcome = try check.run(["--log-format", "json"])
    #expect(outcome.exitCode == 2, "\(outcome)")
    #expect(Self.isHarmless(outcome.outputText), "\(outcome)")
    #expect(Self.isHarmless(outcome.errorText), "\(outcome)")
    let example = try check.report().at("features/0/new_levels/examples/0/level")?.text
    // A long level may be cut, but not changed.
    let shown = try #require(example)
    #expect(level.utf8.elementsEqual(shown.utf8) || level.utf8.count > 1_000)
  }

  @Test func fileName() throws {
    let check = try CheckFolder.quiet()
    let name = "cur\u{1B}[2J\nrent.csv"
    try check.folder.write(check.folder.read("current.csv"), to: name)
    let good = try DriftCheckBinary.run(
      ["--baseline", "baseline.csv", "--current", name, "--output", "report.json", "--no-mmd"],
      in: check.folder.url)
    #expect(good.exitCode == 0, "\(good)")
    #expect(Self.isHarmless(good.outputText))
    #expect(try check.report()["current"] == .string(name))

    let bad = try DriftCheckBinary.run(
      ["--baseline", "baseline.csv", "--current", "no\(name)", "--output", "report.json"],
      in: check.folder.url)
    #expect(bad.exitCode == 66, "\(bad)")
    #expect(bad.errorLines.count == 1)
    #expect(Self.isHarmless(bad.errorText))
  }

  @Test func hostileArgument() throws {
    let check = try CheckFolder.quiet()
    let outcome = try check.run(["--\u{1B}[2J\nflag"])
    #expect(outcome.exitCode == 64, "\(outcome)")
    #expect(outcome.errorLines.count == 3)
    #expect(Self.isHarmless(outcome.errorText))
  }
}
