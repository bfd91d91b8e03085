import DriftTestSupport
import Foundation
import Testing

/// The same tables in other formats give the same report. The files: `fixtures/formats/make.py`.
@Suite struct FormatTests {
  private static let source = Project.root.appending(path: "fixtures/formats")

  /// A folder with both tables in every format.
  private static func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path()) {
      try folder.write(Data(contentsOf: source.appending(path: name)), to: name)
    }
    return folder
  }

  private static func report(
    _ baseline: [String], _ current: [String], in folder: ScratchFolder,
    standardInput: String = "/dev/null", wrapper: [String] = []
  ) throws -> OrderedJSON {
    let outcome = try DriftCheckBinary.run(
      ["--baseline"] + baseline + ["--current"] + current + ["--output", "report.json"],
      in: folder.url, wrapper: wrapper, standardInput: standardInput)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.standardError.isEmpty, "\(outcome)")
    let report = try OrderedJSON(folder.read("report.json"))
    guard case .object(let members) = report else { return report }
    return .object(members.filter { !["baseline", "current", "inputs"].contains($0.key) })
  }

  static let endings = [".csv", ".csv.gz", ".csv.zst", ".npy", "-columns.npy"]

  @Test(arguments: endings, endings)
  func anyFormat(_ baseline: String, _ current: String) throws {
    let folder = try Self.folder()
    let expected = try Self.report(["baseline.csv"], ["current.csv"], in: folder)
    let found = try Self.report(["baseline\(baseline)"], ["current\(current)"], in: folder)
    #expect(found == expected)
    let file = try OrderedJSON(folder.read("report.json"))["baseline"]
    #expect(file == .string("baseline\(baseline)"))
  }

  @Test(arguments: endings.dropLast())
  func streams(_ ending: String) throws {
    let folder = try Self.folder()
    let expected = try Self.report(["baseline.csv"], ["current.csv"], in: folder)
    #expect(
      try Self.report(
        ["baseline.csv"], ["-"], in: folder, standardInput: folder.path("current\(ending)"))
        == expected)
    #expect(
      try Self.report(
        ["-"], ["current.csv"], in: folder, standardInput: folder.path("baseline\(ending)"))
        == expected)
    let script = "mkfifo one; cat baseline\(ending) > one & exec \"$@\""
    #expect(
      try Self.report(
        ["one"], ["current.csv"], in: folder, wrapper: DriftCheckBinary.shell(script))
        == expected)
  }

  /// An array takes the names of the other side, or has x0, x1, ...
  @Test func namesOfArrays() throws {
    let folder = try Self.folder()
    for side in ["baseline", "current"] {
      let text = try String(decoding: folder.read("\(side).csv"), as: UTF8.self)
      try folder.write(text.replacing("x0,x1,x2", with: "a,b,c"), to: "\(side).named.csv")
    }
    let expected = try Self.report(["baseline.named.csv"], ["current.named.csv"], in: folder)
    for (baseline, current) in [
      ("baseline.npy", "current.named.csv"), ("baseline.named.csv", "current.npy"),
      ("baseline-columns.npy", "current.named.csv"),
    ] {
      #expect(try Self.report([baseline], [current], in: folder) == expected)
    }
    #expect(expected["psi_by_feature"]?.keys == ["a", "b", "c"])
    let plain = try Self.report(["baseline.npy"], ["current.npy"], in: folder)
    #expect(plain["psi_by_feature"]?.keys == ["x0", "x1", "x2"])
    // The names are those that other flags mean, and a column may be left out.
    let outcome = try DriftCheckBinary.run(
      [
        "--baseline", "baseline.npy", "--current", "current.named.csv", "--exclude", "b",
        "--categorical", "a", "--output", "report.json",
      ], in: folder.url)
    #expect([0, 2].contains(outcome.exitCode), "\(outcome)")
    let part = try OrderedJSON(folder.read("report.json"))
    #expect(part["psi_by_feature"]?.keys == ["a", "c"])
    #expect(part.at("features/0/kind") == "categorical")
  }

  @Test(arguments: [
    ("baseline.npy", "current.wide.csv", "baseline.npy: the array has 3 columns, but 4 in current"),
    ("baseline.wide.csv", "current.npy", "current.npy: the array has 3 columns, but 4 in baseline"),
  ])
  func otherNumberOfColumns(_ baseline: String, _ current: String, _ phrase: String) throws {
    let folder = try Self.folder()
    for side in ["baseline", "current"] {
      try folder.write("a,b,c,d\n1,2,3,4\n", to: "\(side).wide.csv")
    }
    let outcome = try DriftCheckBinary.run(
      ["--baseline", baseline, "--current", current, "--output", "report.json"], in: folder.url)
    #expect(outcome.exitCode == 65, "\(outcome)")
    #expect(outcome.errorText.contains(phrase), "\(outcome)")
    #expect(outcome.errorText.contains("give the same columns on both sides"), "\(outcome)")
  }

  /// Partitions, one in each order; Fortran order has to be a file.
  @Test func partitionsOfArrays() throws {
    let folder = try Self.folder()
    try folder.write(folder.read("baseline.csv"), to: "again.csv")
    let twice = ["baseline.csv", "again.csv"]
    let expected = try Self.report(twice, ["current.csv"], in: folder)
    let found = try Self.report(["baseline*.npy"], ["current.npy"], in: folder)
    #expect(found == expected)
    let refused = try DriftCheckBinary.run(
      ["--baseline", "baseline.csv", "--current", "-", "--output", "report.json"], in: folder.url,
      standardInput: folder.path("current-columns.npy"))
    #expect(refused.exitCode == 65, "\(refused)")
    #expect(
      refused.errorText.contains("standard input: the array is in Fortran order"), "\(refused)")
  }

  /// A name says nothing about a format.
  @Test func oddNames() throws {
    let folder = try Self.folder()
    let expected = try Self.report(["baseline.csv"], ["current.csv"], in: folder)
    try folder.write(folder.read("baseline.csv.gz"), to: "b.csv")
    try folder.write(folder.read("current.csv"), to: "c.csv.zst")
    #expect(try Self.report(["b.csv"], ["c.csv.zst"], in: folder) == expected)
  }

  /// 1 GiB of rows that takes 3 MB on disk, and a line of 4 GiB: what comes out is never kept.
  @Test func bombs() throws {
    let folder = try ScratchFolder()
    let script = """
      { echo x; head -c 1048576 /dev/zero | tr '\\0' '7' | fold -w 15; } | gzip > one
      head -c 1048576 /dev/zero | tr '\\0' '7' | fold -w 15 | gzip > rows
      head -c 1048576 /dev/zero | tr '\\0' '7' | gzip > line
      { cat one; for i in {1..10}; do cat rows rows > more; mv more rows; done; cat rows; } > b
      { cat one; for i in {1..12}; do cat line line > more; mv more line; done; cat line; } > c
      ulimit -v 1000000
      exec "$@"
      """
    let outcome = try DriftCheckBinary.run(
      ["--baseline", "one", "--current", "b", "--no-mmd", "--threads", "2"], in: folder.url,
      wrapper: DriftCheckBinary.shell(script))
    #expect(outcome.exitCode == 0, "\(outcome)")
    let endless = try DriftCheckBinary.run(
      ["--baseline", "one", "--current", "c"], in: folder.url,
      wrapper: DriftCheckBinary.shell("ulimit -v 1000000; exec \"$@\""))
    #expect(endless.exitCode == 65, "\(endless)")
    #expect(endless.errorText.contains("the cell is longer than 16777216 bytes"), "\(endless)")
  }
}
