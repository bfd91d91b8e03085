import DriftCheckCore
import DriftKit
import DriftReport
import DriftTestSupport
import Foundation
import Testing

/// `--print-config`: what is in force, where it comes from, and the same again as a file.
@Suite struct PrintConfigurationTests {
  @Test func everyLineSaysWhereItComesFrom() throws {
    let file = try Configured(
      """
      psi-fail: 0.05
      permutations: 99
      model: "on"
      missing-values: [NA, "-"]
      overrides:
        tempo:
          psi-edges: [60, 90.5, 120]
          psi-warn: 0.3
      """)
    let printed = try file.printed(
      ["--current", "b 1.csv", "c.csv", "--exclude", "a,b", "--exclude", #"c\,d"#, "-q"],
      ["DRIFT_CHECK_ALPHA": "0.001"])
    let lines = Set(printed.split(separator: "\n").map(String.init))
    for line in [
      "# drift-check \(Version.current) check: what is in force",
      "# baseline: not set",
      "current: [\"b 1.csv\", c.csv]  # flag",
      "exclude: [a, b, \"c,d\"]  # flag",
      "missing-values: [NA, \"-\"]  # drift.yaml:4",
      "missing-features: fail  # default",
      "psi-bins: 10  # default",
      "psi-warn: 0.05  # as FAIL must not come before WARN",
      "psi-fail: 0.05  # drift.yaml:1",
      "permutations: 99  # drift.yaml:2",
      "no-mmd: false  # default",
      "alpha: 0.001  # environment DRIFT_CHECK_ALPHA",
      "quiet: true  # flag",
      "model: \"on\"  # drift.yaml:3",
      "# threads: not set",
      "overrides:",
      "  tempo:",
      "    psi-edges: [60.0, 90.5, 120.0]  # drift.yaml:7",
      "    psi-warn: 0.3  # drift.yaml:8",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
    let keys = Check.flags.filter(\.isSetting)
    #expect(lines.count == keys.count + 5)
    for flag in keys {
      #expect(lines.contains { $0.hasPrefix("\(flag.name):") || $0.hasPrefix("# \(flag.name):") })
    }
    #expect(try file.printed(["--no-mmd"]).contains("\n# permutations: no effect with no-mmd\n"))
  }

  /// The values, without where they come from.
  private static func values(_ printed: String) -> [Substring] {
    printed.split(separator: "\n").map { line in
      line.range(of: "  # ").map { line[..<$0.lowerBound] } ?? line
    }
  }

  private static func expectRoundTrip(
    _ file: Configured, _ arguments: [String], _ environment: [String: String] = [:]
  ) throws {
    let first = try file.printed(arguments, environment)
    let command = arguments.first.map { ["profile", "merge", "mmd-shard"].contains($0) } == true
    let again = try Configured(first)
    let second = try again.printed(command ? [arguments[0]] : [])
    #expect(Self.values(first) == Self.values(second))
    guard !command else { return }
    var (before, after) = (
      try file.options(arguments, environment), try again.options([])
    )
    // The defaults were written out; where something stands has changed.
    before.missingValues = before.missingValues ?? after.missingValues
    before.configuration.missingFeatures =
      before.configuration.missingFeatures ?? after.configuration.missingFeatures
    #expect(before.overrides.map(\.withoutPlaces) == after.overrides.map(\.withoutPlaces))
    (before.overrides, after.overrides) = ([], [])
    #expect(before == after)
  }

  @Test(arguments: FlagCase.all)
  func readsBackTheSame(_ example: FlagCase) throws {
    try Self.expectRoundTrip(Configured("{}"), twoFiles + example.arguments)
  }

  @Test func oddTextReadsBackTheSame() throws {
    let texts = [
      "yes", "NULL", "~", "0.1", "-", "# x", "a: b", "a\nb", "\u{1B}[2J", "é", "😀", "\u{202E}x",
      "'",
      "\"\\", " x ", "{}", "*a", "&a", "!!x", "%", "@", "`", "1e3", ".5", "...", "---", "true",
      "\u{85}",
      "\u{FEFF}x", "x\u{2028}y", "\t",
    ]
    for text in texts {
      try Self.expectRoundTrip(Configured("{}"), twoFiles + ["--model=\(text)"])
      let item = text.replacing(",", with: "\\,")
      try Self.expectRoundTrip(Configured("{}"), twoFiles + ["--exclude=\(item)"])
    }
  }

  @Test func overridesAndAllLayersReadBackTheSame() throws {
    let file = try Configured(
      """
      psi-fail: 0.05
      no-mmd: true
      seed: 18446744073709551615
      overrides:
        "": {ignore: true}
        "a: b": {kind: numeric, psi-binning: uniform, psi-bins: 7, alpha: 1e-5}
        2: {psi-edges: [-1e-300, 0.1, 1e300], mean-shift-effect: 0.01}
        "\\u202E": {kind: categorical, psi-fail: 0}
      """)
    try Self.expectRoundTrip(file, twoFiles)
    try Self.expectRoundTrip(file, twoFiles + ["--psi-warn", "0.3", "--permutations", "9"])
    try Self.expectRoundTrip(file, twoFiles, ["DRIFT_CHECK_PSI_COMPAT": "churn-mlops"])
    try Self.expectRoundTrip(file, ["profile"])
    try Self.expectRoundTrip(file, ["mmd-shard", "--permutations", "9", "--shard", "1/3"])
    try Self.expectRoundTrip(file, ["merge"], ["DRIFT_CHECK_PSI_BINS": "3"])
  }

  /// Nothing is looked at but the settings, and mistakes in these are still mistakes.
  @Test func nothingIsChecked() throws {
    let folder = try ScratchFolder()
    try folder.write("alpha: 0.02\n", to: "drift.yaml")
    let arguments = ["--baseline", "gone.csv", "--config", "drift.yaml", "--print-config"]
    let outcome = try DriftCheckBinary.run(arguments, in: folder.url)
    #expect(outcome.exitCode == 0 && outcome.standardError.isEmpty, "\(outcome)")
    #expect(outcome.outputText.split(separator: "\n").contains("alpha: 0.02  # drift.yaml:1"))
    #expect(outcome.outputText.split(separator: "\n").contains("baseline: gone.csv  # flag"))
    #expect(try folder.names() == ["drift.yaml"])
    for (more, code) in [(["--alpha", "2"], Int32(64)), (["--warn-alpha", "0.01"], 0)] {
      #expect(try DriftCheckBinary.run(arguments + more, in: folder.url).exitCode == code)
    }
    try folder.write("alpha: 2\n", to: "drift.yaml")
    #expect(try DriftCheckBinary.run(arguments, in: folder.url).exitCode == 78)
  }
}

extension ColumnOverride {
  /// The same as if it stood nowhere.
  fileprivate var withoutPlaces: ColumnOverride {
    var copy = ColumnOverride(column: column, place: TextPlace(file: "", line: 1, column: 1))
    copy.kind = kind
    copy.isIgnored = isIgnored
    (copy.psiBins, copy.psiBinning, copy.psiEdges) = (psiBins, psiBinning, psiEdges)
    copy.limits = limits
    return copy
  }
}
