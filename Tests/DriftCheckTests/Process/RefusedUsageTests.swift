import DriftTestSupport
import Foundation
import Testing

/// Command lines and variables that make no sense: 64, the message, the usage, and where to read on.
@Suite struct RefusedUsageTests {
  private static let files = [
    "--baseline", "good.csv", "--current", "good.csv", "--output", "report.json",
  ]

  private static func flags(_ more: [String], _ phrases: String...) -> RefusedRun {
    RefusedRun(
      name: more.joined(separator: " "), exitCode: 64, phrases: phrases, arguments: files + more)
  }

  private static func line(_ words: [String], _ phrases: String...) -> RefusedRun {
    RefusedRun(
      name: words.joined(separator: " "), exitCode: 64, phrases: phrases, arguments: words)
  }

  static let mistakes: [RefusedRun] = [
    line([], "'--baseline <file> ...'"),
    line(["--baseline", "good.csv"], "'--current <file> ...'"),
    line(["--baseline", "-", "--current", "-"], "('-') was given more than once"),
    flags(["--alhpa", "0.1"], "Unknown option '--alhpa'. Did you mean '--alpha'?"),
    flags(["--psi-bin", "5"], "Unknown option '--psi-bin'. Did you mean '--psi-bins'?"),
    flags(["-x"], "Unknown option '-x'"),
    flags(["--model"], "Missing value for '--model <name>'"),
    flags(["--model", "--no-mmd"], "Missing value for '--model <name>'", "'--no-mmd'"),
    flags(["--no-mmd=1"], "'--no-mmd' takes no value"),
    flags(["--alpha", "x"], "'x' is invalid for '--alpha <p>'", "greater than 0 and less than 1"),
    flags(["--alpha", "2"], "'2' is invalid", "greater than 0 and less than 1"),
    flags(["--alpha", "nan"], "'nan' is invalid"),
    flags(["--alpha="], "'' is invalid for '--alpha <p>'"),
    flags(["--psi-bins", "0"], "'0' is invalid for '--psi-bins <n>'", "from 2 to 1000"),
    flags(["--permutations", "1e3"], "'1e3' is invalid", "a whole number"),
    flags(["--threads", "0"], "'0' is invalid", "from 1 to 1024"),
    flags(["--seed", "-1"], "'-1' is invalid", "from 0 to 18446744073709551615"),
    flags(["--psi-zero", "floor:1"], "'floor:1' is invalid", "at most 0.1"),
    flags(["--mmd-bandwidth", "0"], "'0' is invalid", "'median' or a number greater than 0"),
    flags(["--delimiter", "ab"], "'ab' is invalid", "one byte"),
    flags(["--fail-on", "drift"], "'drift' is invalid", "'fail', 'warn', 'never'"),
    flags(["--features", "a,,b"], "'a,,b' is invalid", "none of them empty"),
    flags(["--psi-warn", "0.3", "--psi-fail", "0.2"], "'--psi-warn 0.3' is greater than"),
    flags(["--alpha", "0.1", "--warn-alpha", "0.01"], "'--warn-alpha 0.01' is less than"),
    flags(["--alpha", "0.1", "--alpha", "0.2"], "'--alpha' was given more than once"),
    flags(["--quiet", "--format", "json"], "'--quiet'", "'--format json'", "choose one"),
    flags(["--no-mmd", "--permutations", "9"], "'--permutations' has no effect with '--no-mmd'"),
    flags(["--features", "a", "--exclude", "a"], "'a' is in both '--features' and '--exclude'"),
    flags(["--numeric", "a", "--categorical", "a"], "'--categorical' and '--numeric'"),
    flags(["--psi-compat", "churn-mlops", "--psi-bins", "5"], "'--psi-bins' is fixed by"),
    line(
      ["--baseline", "good.csv", "--current", "good.csv", "--output", "good.csv"],
      "'good.csv', which is also an input"),
    line(
      ["--baseline", "good.csv", "--current", "good.csv", "--output", "./good.csv"],
      "'./good.csv', which is also an input"),
    line(
      ["--baseline", "goo?.csv", "--current", "goo?.csv", "--output", "./good.csv"],
      "'./good.csv', which is also an input"),
    overwriting(["--config", "link.yaml", "--output", "k.yaml"], "k.yaml"),
    overwriting(["--config", "k.yaml", "--metrics-file", "./k.yaml"], "./k.yaml"),
    overwriting(["--mmd-sums", "k.yaml", "--html", "link.yaml"], "link.yaml"),
    flags(
      ["--pushgateway", "http://g", "--push-basic-auth-file", "./report.json"],
      "'report.json', which is also an input"),
    flags(
      ["--pushgateway", "http://g", "--push-bearer-token-file", "./report.json"],
      "'report.json', which is also an input"),
    flags(
      ["--pushgateway", "http://g", "--push-ca-file", "./report.json"],
      "'report.json', which is also an input"),
    line(
      ["profile", "good.csv", "--edges-from", "./report.json", "--output", "report.json"],
      "'report.json', which is also an input"),
    line(["--baseline", "good.csv", "--current", "good.csv", "--output", "-"], "--format json"),
    flags(["--html", "good.csv"], "'--html' is 'good.csv', which is also an input"),
    flags(["--html", "report.json"], "'--html' is 'report.json', which is also '--output'"),
    flags(["--html", "-"], "'-' is invalid for '--html <file>'"),
    flags(["--html="], "'' is invalid for '--html <file>'"),
    flags(["--config", "x", "--config", "y"], "'--config' was given more than once"),
    flags(["--config", "-"], "'-' is invalid for '--config <file>'"),
    flags(["--pushgateway", "gateway:9091"], "'gateway:9091' is invalid", "http://"),
    flags(["--pushgateway", "http://me:secret@gateway"], "holds credentials"),
    flags(["--pushgateway", "ftp://gateway"], "is invalid"),
    flags(["--push-required"], "'--push-required' needs '--pushgateway <url>'"),
    flags(["--push-ca-file", "x"], "'--push-ca-file' needs '--pushgateway <url>'"),
    flags(
      [
        "--pushgateway", "http://g", "--push-basic-auth-file", "a", "--push-bearer-token-file", "b",
      ], "choose one"),
    flags(["--trustyai-metrics"], "needs '--metrics-file <file>' or '--pushgateway <url>'"),
    line(
      [
        "--baseline", "good.csv", "--current", "good.csv", "--output", "r.json", "--metrics-file",
        "r.json",
      ], "give each a file of its own"),
    line(["profile", "--output", "x"], "Missing expected argument '<file> ...' of 'profile'"),
    line(["profile", "good.csv"], "Missing expected argument '--output <file>'"),
    line(["merge", "good.csv", "--output", "good.csv"], "which is also an input"),
    line(["profile", "good.csv", "--output", "x", "--alpha", "0.1"], "no option of"),
    line(["profile", "good.csv", "--output", "x", "--shard", "3/3"], "'3/3' is invalid"),
    line(
      ["profile", "good.csv", "--output", "x", "--no-rows", "--mmd-max-rows", "9"], "choose one"),
    line(
      [
        "mmd-shard", "--baseline", "good.csv", "--current", "good.csv", "--output", "good.csv",
        "--shard", "0/2",
      ], "which is also an input"),
    line(
      [
        "mmd-shard", "--baseline", "good.csv", "--current", "good.csv", "--output", "x",
        "--shard", "2",
      ], "JOB_COMPLETION_INDEX is ''", "a whole number from 0 to 1"),
    variable("DRIFT_KERNELS", "sse9", "expected one of 'portable'"),
    variable("SOURCE_DATE_EPOCH", "x", "whole seconds since 1970"),
  ]

  /// With a file of settings, and a link to it.
  private static func overwriting(_ more: [String], _ path: String) -> RefusedRun {
    RefusedRun(
      name: more.joined(separator: " "), exitCode: 64,
      phrases: ["'\(path)', which is also an input"],
      arguments: ["--baseline", "good.csv", "--current", "good.csv"] + more
    ) { folder in
      try folder.write("{}\n", to: "k.yaml")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("link.yaml"), withDestinationPath: "k.yaml")
    }
  }

  /// Mistakes are not told in a file that is an input, nor in one whose name was cut.
  @Test(arguments: [
    ("termination-log: k.yaml\n", ""), ("termination-log: ./k.yaml\nalpha: 2\n", ""),
    ("termination-log: good.csv\nalpha: 2\n", ""), ("seed: [\n", "./k.yaml"),
    ("alpha: 2\n", "good.csv"), ("termination-log: \"zz\\0.txt\"\n", ""),
  ])
  func settingsAreNotWrittenOver(_ text: String, _ log: String) throws {
    let folder = try ScratchFolder()
    try folder.write("a\n1\n2\n", to: "good.csv")
    try folder.write(text, to: "k.yaml")
    let outcome = try DriftCheckBinary.run(
      ["--baseline", "good.csv", "--current", "./good.csv", "--config", "k.yaml"], in: folder.url,
      environment: ["DRIFT_CHECK_TERMINATION_LOG": log])
    #expect(outcome.exitCode == 78, "\(outcome)")
    #expect(try folder.read("k.yaml") == Data(text.utf8))
    #expect(try folder.read("good.csv") == Data("a\n1\n2\n".utf8))
    #expect(try folder.names() == ["good.csv", "k.yaml"])
  }

  /// What a pattern stands for is known later.
  @Test(arguments: [["--output", "report.json"], ["--output", "good.csv"]])
  func matchesAreNotWrittenOver(_ output: [String]) throws {
    let refusal = RefusedRun(
      name: "pattern", exitCode: 64,
      phrases: ["'--termination-log' is './good.csv', which is also "],
      arguments: ["--baseline", "goo?.csv", "--current", "goo?.csv"] + output
        + ["--termination-log", "./good.csv"])
    let folder = try refusal.makeFolder()
    let table = try folder.read("good.csv")
    try refusal.verify(in: folder)
    #expect(try folder.read("good.csv") == table)
  }

  private static func variable(_ name: String, _ value: String, _ phrase: String) -> RefusedRun {
    RefusedRun(
      name: "\(name)=\(value)", exitCode: 64, phrases: ["\(name) is '\(value)'", phrase],
      arguments: files, environment: [name: value])
  }

  @Test(arguments: mistakes)
  func refuses(_ refusal: RefusedRun) throws {
    try refusal.verify(in: refusal.makeFolder())
  }
}
