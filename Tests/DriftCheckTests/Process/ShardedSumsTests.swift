import DriftTestSupport
import Foundation
import Testing

/// The command `mmd-shard`, and checks that are finished with its files.
@Suite struct ShardedSumsTests {
  /// Two tables, large enough for some tiles of rows and some bands of blocks.
  struct Tables {
    let folder: ScratchFolder

    init(rows: (Int, Int) = (1_800, 1_300)) throws {
      folder = try ScratchFolder()
      for (name, rows, seed) in [("baseline", rows.0, UInt64(1)), ("current", rows.1, 20)] {
        let table = CSVTable([
          "x": CSVTable.normal(rows, seed: seed),
          "y": CSVTable.normal(rows, seed: seed + 1, mean: seed > 1 ? 0.1 : 0),
          "plan": CSVTable.words(["free", "pro", ""], rows),
          "z": CSVTable.normal(rows, seed: seed + 2).with([3: "", 7: "NA"]),
        ])
        try folder.write(table.text(), to: "\(name).csv")
      }
    }

    func run(_ arguments: [String], code: Int32? = 0, environment: [String: String] = [:]) throws
      -> Outcome
    {
      let outcome = try DriftCheckBinary.run(
        arguments, in: folder.url, environment: environment)
      if let code { #expect(outcome.exitCode == code, "\(arguments) \(outcome)") }
      return outcome
    }

    static let both = ["--baseline", "baseline.csv", "--current", "current.csv"]

    func shard(
      _ index: Int, of count: Int, _ flags: [String] = [], sides: [String] = both,
      to output: String
    ) throws {
      _ = try run(
        ["mmd-shard"] + sides + ["--shard", "\(index)/\(count)", "--output", output, "-q"] + flags)
    }

    func report(_ flags: [String], sides: [String] = both) throws -> Data {
      let outcome = try run(sides + ["--output", "report.json", "-q"] + flags, code: nil)
      #expect([0, 2].contains(outcome.exitCode), "\(outcome)")
      return try folder.read("report.json")
    }
  }

  static let variants: [[String]] = [
    ["--permutation-unit", "rows"],
    ["--permutation-unit", "blocks"],
    ["--permutation-unit", "rows", "--mmd-precision", "double"],
    ["--permutation-unit", "blocks", "--mmd-precision", "double"],
    ["--mmd-max-rows", "700", "--seed", "3", "--exclude", "x", "--mmd-scale", "none"],
    ["--features", "y,plan", "--mmd-bandwidth", "0.7", "--psi-compat", "churn-mlops"],
  ]

  @Test(arguments: variants)
  func theReportIsThatOfOneProcess(_ variant: [String]) throws {
    let tables = try Tables()
    let flags = variant + ["--permutations", "199"]
    let expected = try tables.report(flags)
    #expect(try OrderedJSON(expected).at("mmd/permutations") == 199)
    for count in [1, 3, 7] {
      for index in 0..<count {
        try tables.shard(
          index, of: count, flags + ["--threads", "\(1 + index % 3)"], to: "sums-\(count)-\(index)")
      }
      let files = (0..<count).reversed().map { "sums-\(count)-\($0)" }
      #expect(try tables.report(flags + ["--mmd-sums"] + files) == expected)
      #expect(try tables.report(flags + ["--mmd-sums", "sums-\(count)-*"]) == expected)
    }
  }

  @Test func profilesTakeThePlaceOfTables() throws {
    let tables = try Tables(rows: (500, 400))
    for side in ["baseline", "current"] {
      _ = try tables.run(["profile", "\(side).csv", "--output", "\(side).profile", "-q"])
    }
    let sides = ["--baseline", "baseline.profile", "--current", "current.profile"]
    for index in 0..<2 { try tables.shard(index, of: 2, sides: sides, to: "s\(index)") }
    let sums = ["--mmd-sums", "s0", "s1"]
    #expect(try tables.report(sums, sides: sides) == tables.report([], sides: sides))
    // The rows are those of the tables, and so are the sums.
    #expect(try tables.report(sums) == tables.report([]))
  }

  /// What the pods of an Indexed Job run, more of them than there are tiles.
  @Test func theIndexOfAJobIsTheShard() throws {
    let tables = try Tables(rows: (120, 90))
    let count = 12
    for index in 0..<count {
      let outcome = try tables.run(
        ["mmd-shard"] + Tables.both
          + ["--shard", "\(count)", "--output", "run/sums-\(index).mmd", "--log-format", "json"],
        environment: ["JOB_COMPLETION_INDEX": "\(index)"])
      #expect(outcome.outputText.contains("shard \(index) of \(count) of the MMD sums"))
      let last = try OrderedJSON(Data((outcome.errorLines.last ?? "").utf8))
      #expect(last["event"] == "mmd-shard" && last["shards"] == 12)
    }
    #expect(try tables.folder.names(in: "run").count == count)
    #expect(try tables.report(["--mmd-sums", "run/*.mmd"]) == tables.report([]))
  }

  @Test func whatIsRefused() throws {
    let tables = try Tables(rows: (90, 80))
    for index in 0..<3 { try tables.shard(index, of: 3, to: "s\(index)") }
    try tables.shard(1, of: 3, ["--seed", "5"], to: "seed")
    for index in 0..<3 { try tables.shard(index, of: 3, ["--exclude", "z"], to: "z\(index)") }
    let swapped = ["--baseline", "current.csv", "--current", "baseline.csv"]
    try tables.shard(0, of: 1, sides: swapped, to: "swapped")
    try tables.folder.write(tables.folder.read("s1").dropLast(), to: "short")
    _ = try tables.run(["profile", "current.csv", "--output", "p", "-q"])
    try tables.folder.write("older\n", to: "report.json")
    let cases: [(files: [String], code: Int32, phrases: [String])] = [
      (["s0", "s2"], 65, ["s0 (+1 more)", "2 of 3 shards; missing, from 0: 1;"]),
      (["s0", "s1", "s1", "s2"], 65, ["s1: ", "shard 1 of 3 was there before"]),
      (["s0", "seed", "s2"], 65, ["seed: made with seed 5", "seed 0"]),
      (["z0", "z1", "z2"], 65, ["z0 (+2 more)", "made with 2 columns, this test has 3 columns"]),
      (["swapped"], 65, ["swapped: made with 80 baseline rows, this test has 90 baseline rows"]),
      (["s0", "short", "s2"], 65, ["short: the MMD sums are damaged"]),
      (["p"], 65, ["p: no MMD sums"]),
      (["s0", "none", "s2"], 66, ["cannot read 'none'", "'drift-check mmd-shard'"]),
      (["none-*"], 66, ["none-*"]),
    ]
    for (files, code, phrases) in cases {
      let outcome = try tables.run(
        Tables.both + ["--output", "report.json", "--mmd-sums"] + files, code: code)
      #expect(outcome.errorLines.count == 1)
      for phrase in phrases { #expect(outcome.errorText.contains(phrase), "\(outcome)") }
    }
    #expect(try tables.folder.read("report.json") == Data("older\n".utf8))
    let levels = try tables.run(
      ["mmd-shard"] + Tables.both + ["--shard", "0/1", "--output", "n", "--features", "plan"],
      code: 65)
    #expect(levels.errorText.contains("MMD needs a numeric feature"))
    #expect(try !tables.folder.names().contains("n"))
  }

  /// What is no file of sums, or more than it announces, is not read to an end that may not be.
  @Test(arguments: [
    ("/dev/zero", "exec", "/dev/zero: no MMD sums"),
    ("/dev/stdin", "cat s /dev/zero |", "/dev/stdin: the MMD sums are damaged"),
  ])
  func endlessFilesAreRefused(_ file: String, _ before: String, _ phrase: String) throws {
    let tables = try Tables(rows: (6, 6))
    try tables.shard(0, of: 1, ["--permutations", "3"], to: "s")
    let outcome = try DriftCheckBinary.run(
      Tables.both + ["--permutations", "3", "--mmd-sums", file], in: tables.folder.url,
      wrapper: DriftCheckBinary.shell("ulimit -v 4000000; \(before) \"$@\""))
    #expect(outcome.exitCode == 65 && outcome.errorText.contains(phrase), "\(outcome)")
    #expect(try !tables.folder.names().contains("data_drift_latest.json"))
  }

  /// The built program on files that are cut or changed anywhere; every byte in the library's tests.
  @Test func damagedFilesEndWithSixtyFive() throws {
    let tables = try Tables(rows: (6, 6))
    try tables.shard(0, of: 1, ["--permutations", "3"], to: "s")
    let bytes = try tables.folder.read("s")
    var source = SplitMix64(seed: 1)
    for round in 0..<24 {
      var damaged = bytes
      let place = Int(source.next() % UInt64(bytes.count))
      if round % 2 == 0 {
        damaged = bytes.prefix(place)
      } else {
        damaged[damaged.startIndex + place] ^= UInt8(1 << (source.next() % 8))
      }
      try tables.folder.write(damaged, to: "damaged")
      let outcome = try tables.run(
        Tables.both + ["--permutations", "3", "--mmd-sums", "damaged"], code: 65)
      #expect(outcome.errorText.contains("damaged: "))
    }
  }
}
