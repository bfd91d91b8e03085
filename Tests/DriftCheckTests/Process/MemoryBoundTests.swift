import DriftTestSupport
import Foundation
import Testing

/// What `--memory-limit` says is a bound: for wide tables, long rows and many permutations too. Either
/// the program stays within it, or it says what it needs.
@Suite("A bound on memory") struct MemoryBoundTests {
  /// A quarter more than the limit, and the 16 MB of the program's own text.
  private static func most(limit: Int) -> Int { (limit / 4 * 5 + 16) << 20 }

  /// Says how much the program held at most, as the last line of standard error.
  private static let measure = [
    "/usr/bin/python3", "-c",
    """
    import os, resource, subprocess, sys
    child = subprocess.Popen(sys.argv[1:])
    _, status, usage = os.wait4(child.pid, 0)
    print(usage.ru_maxrss * 1024, file=sys.stderr)
    sys.exit(os.waitstatus_to_exitcode(status))
    """,
  ]

  private static func run(_ arguments: [String], in folder: ScratchFolder) throws
    -> (outcome: Outcome, peak: Int)
  {
    let outcome = try DriftCheckBinary.run(
      ["--output", "report.json", "--threads", "2", "--quiet"] + arguments, in: folder.url,
      wrapper: measure)
    let peak = try #require(outcome.errorLines.last.flatMap { Int($0) }, "\(outcome)")
    return (outcome, peak)
  }

  /// Three rows of so many columns.
  private static func wide(_ columns: Int, cell: (Int, Int) -> String) -> String {
    let lines =
      [(0..<columns).map { "c\($0)" }]
      + (0..<3).map { row in (0..<columns).map { cell(row, $0) } }
    return lines.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  @Test(arguments: [20_000, 100_000])
  func aWideTableIsRefusedWithTheLimitThatItNeeds(columns: Int) throws {
    let folder = try ScratchFolder()
    try folder.write(Self.wide(columns) { "\($0 + $1 % 7)" }, to: "wide.csv")
    let arguments = ["--baseline", "wide.csv", "--current", "wide.csv"]
    let (refused, peak) = try Self.run(arguments + ["--memory-limit", "64M"], in: folder)
    #expect(refused.exitCode == 65, "\(refused)")
    let found = try #require(
      refused.errorText.firstMatch(of: /give --memory-limit ([0-9]+)M, or check about ([0-9]+) at/),
      "\(refused)")
    #expect(refused.errorText.contains("wide.csv: has \(columns) columns to check"), "\(refused)")
    #expect(peak < Self.most(limit: 64), "\(peak)")
    // What it says it needs is enough.
    let limit = try #require(Int(found.1))
    #expect(limit < 60 + columns / 120)
    let (checked, held) = try Self.run(arguments + ["--memory-limit", "\(limit)M"], in: folder)
    #expect(checked.exitCode == 0, "\(checked)")
    #expect(held < Self.most(limit: limit), "\(held) of \(limit) MB")
    // So are fewer columns.
    let some = try #require(Int(found.2))
    let names = (0..<some).map { "c\($0)" }.joined(separator: ",")
    let (fewer, used) = try Self.run(
      arguments + ["--memory-limit", "64M", "--features", names], in: folder)
    #expect(fewer.exitCode == 0, "\(fewer)")
    #expect(used < Self.most(limit: 64), "\(used) of 64 MB")
  }

  @Test func aRowThatMemoryHasNoRoomForIsRefused() throws {
    let folder = try ScratchFolder()
    let cell = String(repeating: "x", count: 1 << 20)
    try folder.write(Self.wide(40) { _, _ in cell }, to: "long.csv")
    let arguments = ["--baseline", "long.csv", "--current", "long.csv", "--no-mmd"]
    let (refused, peak) = try Self.run(arguments + ["--memory-limit", "64M"], in: folder)
    #expect(refused.exitCode == 65, "\(refused)")
    #expect(
      refused.errorText.contains("long.csv:2: the row is longer than 4194304 bytes"), "\(refused)")
    #expect(refused.errorText.contains("give a memory limit of 34 MB and eight times its bytes"))
    #expect(peak < Self.most(limit: 64), "\(peak)")
    // 34 MB and eight times 42 MB.
    let (checked, held) = try Self.run(arguments + ["--memory-limit", "380M"], in: folder)
    #expect(checked.exitCode == 0, "\(checked)")
    #expect(held < Self.most(limit: 380), "\(held)")
  }

  @Test func manyPermutationsStayWithinTheLimit() throws {
    let folder = try ScratchFolder()
    for (name, seed) in [("a.csv", UInt64(1)), ("b.csv", 2)] {
      try folder.write(CSVTable(["x": CSVTable.normal(100, seed: seed)]).text(), to: name)
    }
    let (outcome, peak) = try Self.run(
      [
        "--baseline", "a.csv", "--current", "b.csv", "--permutations", "1000000",
        "--memory-limit", "64M",
      ], in: folder)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(peak < Self.most(limit: 64), "\(peak)")
    let report = try OrderedJSON(folder.read("report.json"))
    #expect(report.at("mmd/permutations") == 1_000_000)
  }

  @Test func sumsOfManyPermutationsAreRefusedBeforeTheyAreMade() throws {
    let run = RefusedRun(
      name: "sums", exitCode: 64,
      phrases: [
        "The sums of 1000000 permutations take about 160 MB of memory",
        "give --memory-limit 194M, or --permutations 209715",
      ],
      arguments: [
        "mmd-shard", "--baseline", "good.csv", "--current", "good.csv", "--shard", "0/2",
        "--output", "sums.bin", "--permutations", "1000000", "--memory-limit", "64M",
      ])
    try run.verify(in: run.makeFolder())
  }

  @Test func aKernelTestOfTooManyNumbersIsRefused() throws {
    let run = RefusedRun(
      name: "kernel test", exitCode: 65,
      phrases: [
        "MMD would compare 4000 rows of 300 features", "--memory-limit 74M",
        "--mmd-max-rows 1688", "--no-mmd",
      ],
      arguments: [
        "--baseline", "many.csv", "--current", "many.csv", "--memory-limit", "64M",
        "--output", "report.json",
      ],
      prepare: { folder in
        let row = (0..<300).map { "\($0 % 10)" }.joined(separator: ",") + "\n"
        let names = (0..<300).map { "c\($0)" }.joined(separator: ",") + "\n"
        try folder.write(names + String(repeating: row, count: 2_000), to: "many.csv")
      })
    try run.verify(in: run.makeFolder())
  }
}
