import DriftTestSupport
import Foundation
import Testing

/// Tables in parts: what they are called, how many there are, and in which order, changes nothing.
@Suite("Parts of a table") struct PartsTests {
  private static func table(_ rows: Int, seed: UInt64, scale: Double = 1)
    -> String
  {
    var source = SeededNormal(seed: seed)
    return "x,y\n"
      + source.sample(2 * rows).chunked().map { "\(scale * $0.0),\($0.1)\n" }.joined()
  }

  private static func report(
    _ baseline: [String], _ current: String, _ flags: [String], _ folder: ScratchFolder,
    code: Int32 = 0
  ) throws -> OrderedJSON {
    let arguments = ["--baseline"] + baseline + ["--current", current, "--format", "json"] + flags
    return try OrderedJSON(try DriftCheckBinary.run(arguments, folder, code: code).standardOutput)
  }

  @Test("Bins that small parts chose are not those of the whole") func smallParts() throws {
    let folder = try ScratchFolder()
    var parts: [String] = []
    for part in 0..<60 {
      try folder.write(Self.table(9, seed: UInt64(part)), to: "part-\(part + 100).csv")
      parts.append("\(part).profile")
      try DriftCheckBinary.run(
        ["profile", "part-\(part + 100).csv", "--no-rows", "--output", parts[part]], folder)
    }
    try folder.write(Self.table(800, seed: 99, scale: 3), to: "now.csv")
    try DriftCheckBinary.run(["merge"] + parts.shuffled() + ["--output", "merged.profile"], folder)
    try DriftCheckBinary.run(
      ["profile", "part-*.csv", "--no-rows", "--output", "at-once.profile"], folder)
    let flags = ["--no-mmd"]
    let expected = try Self.report(["part-*.csv"], "now.csv", flags, folder, code: 2)
    #expect(try #require(expected.at("features/@x/psi/value")?.double) > 0.3)
    for baseline in [["merged.profile"], ["at-once.profile"], parts] {
      let report = try Self.report(baseline, "now.csv", flags, folder, code: 2)
      for feature in ["x", "y"] {
        #expect(report.at("features/@\(feature)/psi") == expected.at("features/@\(feature)/psi"))
      }
    }
  }

  @Test("Values that are rare in each part and not in all of them") func rareValues() throws {
    let folder = try ScratchFolder()
    for part in 0..<3 {
      let rows = (0..<28).map { "\([0, 0, 7, 8][$0 % 4] + ($0 == 1 ? 1 : 0))\n" }.joined()
      try folder.write("v\n" + rows, to: "\(part).csv")
      try DriftCheckBinary.run(["profile", "\(part).csv", "--output", "\(part).profile"], folder)
    }
    try folder.write("v\n" + String(repeating: "0\n1\n7\n7\n", count: 40), to: "now.csv")
    let flags = ["--no-mmd", "--fail-on", "never"]
    let table = try Self.report(["0.csv", "1.csv", "2.csv"], "now.csv", flags, folder)
    let merged = try Self.report(
      ["0.profile", "1.profile", "2.profile"], "now.csv", flags, folder)
    #expect(merged.at("features/@v/psi") == table.at("features/@v/psi"))
    #expect(table.at("features/@v/psi/bins/1/label") != .null)
  }

  @Test("The order of the parts changes no byte, whether they are kept or profiled")
  func order() throws {
    let folder = try ScratchFolder()
    for (place, name) in ["2.csv", "10.csv", "9.csv"].enumerated() {
      try folder.write(Self.table(1_500, seed: UInt64(place)), to: name)
    }
    try folder.write(Self.table(2_000, seed: 5), to: "now.csv")
    let flags = ["--permutations", "199"]
    var values: Set<String> = []
    func note(_ report: OrderedJSON) {
      values.insert("\(report.at("mmd/statistic") ?? .null) \(report.at("mmd/p_value") ?? .null)")
    }
    for order in [["2.csv", "10.csv", "9.csv"], ["9.csv", "2.csv", "10.csv"]] {
      note(try Self.report(order, "now.csv", flags, folder))
      try DriftCheckBinary.run(["profile"] + order + ["--output", "b.profile"], folder)
      note(try Self.report(["b.profile"], "now.csv", flags, folder))
    }
    #expect(values.count == 1, "\(values)")
  }

  @Test("A file that is named twice is refused, with or without memory")
  func twice() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.table(300, seed: 1), to: "a.csv")
    try folder.write(Self.table(300, seed: 2), to: "b.csv")
    for flags in [[], ["--memory-limit", "64M"]] {
      for parts in [["a.csv", "a.csv"], ["a.csv", "./a.csv"], ["*.csv", "b.csv"]] {
        let command = ["--baseline"] + parts + ["--current", "b.csv", "--no-mmd"] + flags
        let outcome = try DriftCheckBinary.run(command, folder, code: 65)
        #expect(outcome.errorText.contains("its rows would count twice; name it once"))
      }
    }
    let profiled = try DriftCheckBinary.run(
      ["profile", "a.csv", "./a.csv", "--output", "a.profile"], folder, code: 65)
    #expect(profiled.errorText.contains("its rows would count twice"))
    // The same file on both sides is a check of the program.
    try DriftCheckBinary.run(["--baseline", "a.csv", "--current", "a.csv", "--no-mmd"], folder)
  }

  @Test("Parts of one name are one part only when their rows are the same")
  func names() throws {
    let folder = try ScratchFolder()
    for day in ["monday", "tuesday"] {
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: day), withIntermediateDirectories: true)
      try folder.write(Self.table(400, seed: UInt64(day.count)), to: "\(day)/part.csv")
      let made = try DriftCheckBinary.run(
        ["profile", "part.csv", "--output", "part.profile"], in: folder.url.appending(path: day))
      #expect(made.exitCode == 0)
    }
    try DriftCheckBinary.run(
      ["merge", "monday/part.profile", "tuesday/part.profile", "--output", "both"], folder)
    let report = try Self.report(
      ["both"], "monday/part.csv", ["--permutations", "99"], folder)
    #expect(report.at("rows/baseline") == 800)
    try folder.write(folder.read("monday/part.profile"), to: "copy.profile")
    let refused = try DriftCheckBinary.run(
      ["merge", "monday/part.profile", "copy.profile", "--output", "twice"], folder, code: 65)
    #expect(refused.errorText.contains("'part.csv' is in both profiles"))
    let again = try DriftCheckBinary.run(
      ["merge", "both", "copy.profile", "--output", "twice"], folder, code: 65)
    #expect(again.errorText.contains("'part.csv' is in both profiles"))
  }

  @Test("A text among the numbers of a profile is not taken for all of them")
  func textInProfile() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.table(500, seed: 1), to: "before.csv")
    // More than a twentieth, so that a profile takes them for levels.
    let texts = String(repeating: "oops,1\n", count: 30)
    try folder.write(Self.table(500, seed: 2) + texts, to: "now.csv")
    try folder.write("x,y\n" + String(repeating: "oops,1\n", count: 50), to: "words.csv")
    let flags = ["--no-mmd"]
    let table = try Self.report(["before.csv"], "now.csv", flags, folder, code: 2)
    #expect(
      table["reasons"]?.texts.contains {
        $0.hasPrefix(
          "x: 30 cells are not numbers (5.7 %), 0.0 % in the baseline; the first is 'oops' (now.csv:502)"
        )
      } == true)
    try DriftCheckBinary.run(["profile", "now.csv", "--output", "now.profile"], folder)
    let refused = try DriftCheckBinary.run(
      ["--baseline", "before.csv", "--current", "now.profile"] + flags, folder, code: 65)
    #expect(refused.errorText.contains("--numeric x") && refused.errorText.contains("--edges-from"))
    try DriftCheckBinary.run(
      ["profile", "now.csv", "--numeric", "x", "--output", "now.profile"], folder)
    let report = try Self.report(["before.csv"], "now.profile", flags, folder, code: 2)
    #expect(report.at("features/@x/psi") == table.at("features/@x/psi"))
    #expect(report["reasons"] == table["reasons"])
    // Where no cell is a number there is no doubt.
    try DriftCheckBinary.run(["profile", "words.csv", "--output", "words.profile"], folder)
    _ = try Self.report(["before.csv"], "words.profile", flags, folder, code: 2)
  }

  @Test("Outputs in memory are files, too") func sharedMemory() throws {
    let place = URL(filePath: "/dev/shm")
    guard FileManager.default.isWritableFile(atPath: place.path()) else { return }
    let shared = place.appending(path: "drift-check-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: shared, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: shared) }
    let folder = try ScratchFolder()
    let table = shared.appending(path: "a.csv").path(percentEncoded: false)
    let text = Self.table(100, seed: 1)
    try Data(text.utf8).write(to: URL(filePath: table))
    try folder.write(text, to: "b.csv")
    try DriftCheckBinary.run(["profile", table, "--output", table], folder, code: 64)
    try DriftCheckBinary.run(
      ["--baseline", table, "--current", "b.csv", "--no-mmd", "--output", table], folder, code: 64)
    let other = shared.appending(path: "o").path(percentEncoded: false)
    try DriftCheckBinary.run(
      ["--baseline", table, "--current", "b.csv", "--no-mmd", "--output", other, "--html", other],
      folder, code: 64)
    #expect(try String(contentsOf: URL(filePath: table), encoding: .utf8) == text)
  }

  @Test("A thousand parts take no time to speak of") func many() throws {
    let folder = try ScratchFolder()
    for part in 0..<1_500 {
      try folder.write(Self.table(20, seed: UInt64(part)), to: "\(10_000 + part).csv")
    }
    let outcome = try DriftCheckBinary.run(
      ["profile", "1*.csv", "--output", "all.profile"], folder)
    #expect(outcome.outputText.contains("30000 rows"))
    // Merged one by one it took 2.7 s without the rows.
    #expect(outcome.seconds < 2.5, "\(outcome.seconds)")
    let report = try Self.report(["1*.csv"], "all.profile", ["--no-mmd"], folder)
    for feature in ["x", "y"] {
      #expect(report.at("features/@\(feature)/psi/value") == 0.0)
      let statistic = try #require(report.at("features/@\(feature)/mean_shift/statistic")?.double)
      #expect(abs(statistic) < 1e-9)
    }
  }
}

extension [Double] {
  /// Two by two.
  fileprivate func chunked() -> [(Double, Double)] {
    stride(from: 0, to: count - 1, by: 2).map { (self[$0], self[$0 + 1]) }
  }
}
