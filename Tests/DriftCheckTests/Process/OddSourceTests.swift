import DriftTestSupport
import Foundation
import Testing

/// Other ways to write and to hand over the same table give the same report.
@Suite struct OddSourceTests {
  private static func table(_ seed: UInt64) -> CSVTable {
    CSVTable([
      "x": CSVTable.normal(300, seed: seed),
      // A number at first, text from row 250 on: the column has to be read again.
      "late": CSVTable.words(["1"], 250) + CSVTable.words(["a", "b"], 50),
      "text": CSVTable.words(["plain", "two\nlines", "a \"word\"", "", "né"], 300),
    ])
  }

  private static let baseline = table(1)
  private static let current = table(2)

  /// What the files as they are give, without the names of the inputs.
  private static func expected() throws -> OrderedJSON {
    try content(CheckFolder(baseline: baseline, current: current).check(["--no-mmd"], exitCode: 0))
  }

  private static func content(_ report: OrderedJSON) -> OrderedJSON {
    // Where something was found depends on how it was written.
    let places = ["baseline", "current", "inputs", "notes", "features"]
    guard case .object(let members) = report else { return report }
    let features = (report["features"]?.elements ?? []).map { feature -> OrderedJSON in
      guard case .object(let members) = feature else { return feature }
      return .object(members.filter { !["notes", "invalid_examples"].contains($0.key) })
    }
    return .object(
      members.filter { !places.contains($0.key) } + [
        .init(key: "features", value: .array(features))
      ])
  }

  static let spellings: [(name: String, text: @Sendable (CSVTable) -> String, flags: [String])] = [
    ("semicolons", { $0.text(delimiter: ";") }, ["--delimiter", ";"]),
    ("semicolons by name", { $0.text(delimiter: ";") }, ["--delimiter", "semicolon"]),
    ("tabs", { $0.text(delimiter: "\t") }, ["--delimiter", "\\t"]),
    ("pipes", { $0.text(delimiter: "|") }, ["--delimiter", "|"]),
    ("semicolons, found", { $0.text(delimiter: ";") }, []),
    ("tabs, found", { $0.text(delimiter: "\t", lineEnd: "\r\n") }, []),
    ("pipes, found", { "\u{FEFF}" + $0.text(delimiter: "|") }, ["--delimiter", "auto"]),
    ("a first line for spreadsheets", { "sep=;\n" + $0.text(delimiter: ";") }, []),
    ("comments", { "# a \"title\n" + $0.text() + "#,\n" }, ["--comment", "#"]),
    ("a title", { "Report, \"2026\n\n" + $0.text() }, ["--skip-rows", "2"]),
    ("CRLF", { $0.text(lineEnd: "\r\n") }, []),
    ("byte order mark", { "\u{FEFF}" + $0.text() }, []),
    ("no line end at the end", { String($0.text().dropLast()) }, []),
    ("empty lines at the end", { $0.text() + "\n\n" }, []),
  ]

  @Test(arguments: spellings.indices)
  func spelling(_ index: Int) throws {
    let spelling = Self.spellings[index]
    let check = try CheckFolder(
      baseline: spelling.text(Self.baseline), current: spelling.text(Self.current))
    let report = try check.check(["--no-mmd"] + spelling.flags, exitCode: 0)
    #expect(Self.content(report) == (try Self.expected()), "\(spelling.name)")
  }

  @Test func standardInput() throws {
    let check = try CheckFolder(baseline: Self.baseline, current: Self.current)
    for (side, inputs) in [
      ("current", ["--baseline", "baseline.csv", "--current", "-"]),
      ("baseline", ["--baseline", "-", "--current", "current.csv"]),
    ] {
      let outcome = try DriftCheckBinary.run(
        inputs + ["--no-mmd", "--output", "report.json"], in: check.folder.url,
        standardInput: check.folder.path("\(side).csv"))
      #expect(outcome.exitCode == 0, "\(outcome)")
      let report = try check.report()
      #expect(report[side] == "-")
      #expect(Self.content(report) == (try Self.expected()))
    }
  }

  @Test func pipes() throws {
    let check = try CheckFolder(baseline: Self.baseline, current: Self.current)
    let script = """
      mkfifo one two
      cat baseline.csv > one & cat current.csv > two &
      exec "$@"
      """
    let outcome = try DriftCheckBinary.run(
      ["--baseline", "one", "--current", "two", "--no-mmd", "--output", "report.json"],
      in: check.folder.url, wrapper: DriftCheckBinary.shell(script))
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(Self.content(try check.report()) == (try Self.expected()))
  }

  @Test func partitions() throws {
    let folder = try ScratchFolder()
    func part(_ table: CSVTable, _ rows: Range<Int>, _ name: String) throws {
      var part = table
      for index in part.columns.indices {
        part.columns[index].cells = Array(table.columns[index].cells[rows])
      }
      try folder.write(part.text(), to: name)
    }
    try part(Self.baseline, 0..<10, "b1.csv")
    try part(Self.baseline, 10..<260, "b2.csv")
    try part(Self.baseline, 260..<300, "b3.csv")
    try part(Self.current, 0..<299, "c1.csv")
    try part(Self.current, 299..<300, "c2.csv")
    let outcome = try DriftCheckBinary.run(
      [
        "--baseline", "b1.csv", "b2.csv", "b3.csv", "--current", "c1.csv", "--current", "c2.csv",
        "--no-mmd", "--output", "report.json",
      ], in: folder.url)
    #expect(outcome.exitCode == 0, "\(outcome)")
    let report = try OrderedJSON(folder.read("report.json"))
    #expect(report["baseline"] == "b1.csv (+2 more)")
    #expect(report["current"] == "c1.csv (+1 more)")
    #expect(Self.content(report) == (try Self.expected()))
  }

  @Test func standardOutputThatNobodyReads() throws {
    let check = try CheckFolder.quiet()
    let broken = try DriftCheckBinary.run(
      CheckFolder.arguments, in: check.folder.url, standardOutput: .brokenPipe)
    #expect(broken.exitCode == 0, "\(broken)")
    #expect(broken.standardError.isEmpty, "\(broken)")
    #expect(try check.report()["status"] == "OK")

    let head = try check.run(
      ["--format", "json"],
      wrapper: DriftCheckBinary.shell("set -o pipefail; \"$@\" | head -c 1"))
    #expect(head.exitCode == 0, "\(head)")
    #expect(head.outputText == "{")

    let closed = try check.run(wrapper: DriftCheckBinary.shell("exec \"$@\" >&-"))
    #expect(closed.exitCode == 0, "\(closed)")
    #expect(closed.standardError.isEmpty, "\(closed)")
    // Nothing of the table may land in a file that got the number of standard output.
    #expect(try check.folder.names() == ["baseline.csv", "current.csv", "report.json"])
    #expect(try check.report()["status"] == "OK")
  }
}
