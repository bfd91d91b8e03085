import DriftTestSupport
import Foundation
import Testing

/// Columns with so few values that chance alone makes them look different, or with none.
@Suite("Few values") struct FewValuesTests {
  /// One of ten values is 0, all others are 1.
  private static let mostlyOnes = (0..<5_000).map { $0 % 10 > 0 ? "1" : "0" }

  @Test("A few values that happen to be equal are no drift", arguments: [2, 3, 5, 10])
  func equalByChance(rows: Int) throws {
    let check = try CheckFolder(
      baseline: CSVTable(["f": Self.mostlyOnes]),
      current: CSVTable(["f": CSVTable.words(["1"], rows)]))
    let report = try check.check(["--min-rows", "1"], exitCode: 0)
    #expect(report["status"] == "OK")
    // The larger of Student's test, SciPy's ttest_ind(x, y).pvalue, of which Welch's is below 1e-12, and of
    // the tail by the skewness, from SciPy's gammainc and gammaincc: 0.6374397, 0.5638068, 0.4561816 and
    // 0.2919877 against the first three of these and 0.2617934.
    let expected = [2: 0.8118294, 3: 0.6700378, 5: 0.4906226, 10: 0.2919877]
    let p = try #require(report.at("features/@f/mean_shift/p_value")?.double)
    #expect(abs(p - (expected[rows] ?? .nan)) < 1e-6, "\(p)")
    #expect(report.at("features/@f/mean_shift/p_value_adjusted")?.double == p)
  }

  @Test("Many values that are all equal are drift") func equalByDrift() throws {
    let check = try CheckFolder(
      baseline: CSVTable(["f": Self.mostlyOnes]),
      current: CSVTable(["f": CSVTable.words(["1"], 500)]))
    let report = try check.check(["--no-mmd"], exitCode: 2)
    let p = try #require(report.at("features/@f/mean_shift/p_value")?.double)
    #expect(p < 1e-10)
  }

  @Test("Constants of a few values are not sure to differ", arguments: [(2, 2), (3, 4), (5, 5)])
  func constants(rows: (Int, Int)) throws {
    let check = try CheckFolder(
      baseline: CSVTable(["f": CSVTable.words(["1"], rows.0)]),
      current: CSVTable(["f": CSVTable.words(["0"], rows.1)]))
    let isSure = rows == (5, 5)
    let report = try check.check(
      ["--no-mmd", "--psi-fail", "1000"], exitCode: isSure ? 2 : 0)
    #expect(report.at("features/@f/mean_shift/status") == (isSure ? "FAIL" : "WARN"))
    let reason = try #require(report["reasons"]?.texts.first { $0.contains("constant") })
    // 2 of 6 and 1 of 35 ways to put them on two sides; 2 of 252 are few enough.
    #expect(reason.contains("constant 1 became 0"), "\(reason)")
    if !isSure { #expect(reason.contains(rows == (2, 2) ? "p = 0.33" : "p = 0.029"), "\(reason)") }
  }

  @Test("No data any more, where there was next to none")
  func noneByChance() throws {
    let few = (0..<100).map { $0 < 2 ? "1.5" : "" }
    let quiet = CSVTable.normal(100, seed: 1)
    let check = try CheckFolder(
      baseline: CSVTable(["f": few, "quiet": quiet]),
      current: CSVTable(["f": CSVTable.words([""], 100), "quiet": quiet]))
    let report = try check.check(["--no-mmd"], exitCode: 0)
    #expect(report["status"] == "WARN")
    // 100 x 99 / (200 x 199)
    #expect(
      report["reasons"]?.texts == [
        "f: no data any more: all 100 cells are missing, which chance explains, as 2 of 100 had any "
          + "(p = 0.25)"
      ])
  }

  @Test("No data any more in a few rows") func noneOfAFewRows() throws {
    let some = (0..<100).map { $0 % 5 < 3 ? "\($0)" : "" }
    let quiet = CSVTable.normal(100, seed: 1)
    let check = try CheckFolder(
      baseline: CSVTable(["f": some, "quiet": quiet]),
      current: CSVTable(["f": CSVTable.words([""], 3), "quiet": Array(quiet[..<3])]))
    let report = try check.check(["--no-mmd", "--features", "f", "--min-rows", "1"], exitCode: 0)
    // 43 x 42 x 41 / (103 x 102 x 101)
    #expect(report["reasons"]?.texts.first?.hasSuffix("60 of 100 had any (p = 0.07)") == true)
  }

  @Test("Nothing to compare is no verdict") func nothing() throws {
    let empty = CSVTable(["a": CSVTable.words([""], 50), "b": CSVTable.words(["NA"], 50)])
    let check = try CheckFolder(baseline: empty, current: empty)
    let outcome = try check.run(["--no-mmd"])
    #expect(outcome.exitCode == 65)
    #expect(outcome.errorText.contains("no feature has a value in the baseline"))
  }

  @Test("That an empty column holds something now is worth a look, whatever it is")
  func unknownKind() throws {
    let quiet = CSVTable.normal(300, seed: 2)
    for now in ["text", "1.5"] {
      let check = try CheckFolder(
        baseline: CSVTable(["f": CSVTable.words([""], 300), "quiet": quiet]),
        current: CSVTable(["f": CSVTable.words([now], 300), "quiet": quiet]))
      let report = try check.check(["--no-mmd"], exitCode: 0)
      #expect(
        report["reasons"]?.texts == ["f: empty in the baseline, has data now: 300 of 300 cells"])
    }
  }

  @Test("Numbers that differ are shown so that they do") func digits() throws {
    let check = try CheckFolder(
      baseline: CSVTable(["f": CSVTable.words(["1000000000"], 60)]),
      current: CSVTable(["f": CSVTable.words(["1000000001"], 60)]))
    let report = try check.check(["--no-mmd"], exitCode: 2)
    #expect(
      report["reasons"]?.texts.contains { $0.contains("constant 1000000000 became 1000000001") }
        == true,
      "\(String(describing: report["reasons"]))")
  }

  @Test("Words for missing cells that could never be found are refused")
  func padded() throws {
    let check = try CheckFolder(
      baseline: CSVTable(["f": Self.mostlyOnes]), current: CSVTable(["f": Self.mostlyOnes]))
    let outcome = try check.run(["--missing-values", "NA, -999"])
    #expect(outcome.exitCode == 64)
    #expect(outcome.errorText.contains("blanks around them"))
  }

  @Test("Between two profiles it is too late to say what is missing") func profiles() throws {
    let check = try CheckFolder(
      baseline: CSVTable(["f": Self.mostlyOnes]), current: CSVTable(["f": Self.mostlyOnes]))
    for side in ["baseline", "current"] {
      let made = try DriftCheckBinary.run(
        ["profile", "\(side).csv", "--output", "\(side).profile"], in: check.folder.url)
      #expect(made.exitCode == 0)
    }
    func run(_ baseline: String, _ current: String) throws -> Outcome {
      try DriftCheckBinary.run(
        ["--baseline", baseline, "--current", current, "--missing-values", "x", "--no-mmd"],
        in: check.folder.url)
    }
    #expect(try run("baseline.profile", "current.csv").exitCode == 0)
    #expect(try run("baseline.csv", "current.profile").exitCode == 0)
    let refused = try run("baseline.profile", "current.profile")
    #expect(refused.exitCode == 65 && refused.errorText.contains("--missing-values"))
  }

  @Test("Two outputs are never one file, by whatever name")
  func outputs() throws {
    let check = try CheckFolder(
      baseline: CSVTable(["f": Self.mostlyOnes]), current: CSVTable(["f": Self.mostlyOnes]))
    let folder = check.folder.url
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "link.html"), withDestinationURL: folder.appending(path: "z.json"))
    let whole = folder.appending(path: "z.json").path(percentEncoded: false)
    for other in ["./z.json", whole, "link.html", "z.json"] {
      for flag in ["--html", "--metrics-file", "--termination-log"] {
        let outcome = try DriftCheckBinary.run(
          [
            "--baseline", "baseline.csv", "--current", "current.csv", "--no-mmd", "--output",
            "z.json", flag, other,
          ], in: folder)
        #expect(outcome.exitCode == 64, "\(flag) \(other)")
        #expect(outcome.errorText.contains("give each a file of its own"))
      }
    }
  }
}
