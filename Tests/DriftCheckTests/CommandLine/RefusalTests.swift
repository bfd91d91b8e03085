import DriftCheckCore
import DriftReport
import Testing

/// A command line that is refused. `twoFiles` comes first unless `isWhole`.
struct Refusal: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let code: UsageError.Code
  let message: String

  init(
    _ arguments: String..., isWhole: Bool = false, gives code: UsageError.Code, says message: String
  ) {
    self.arguments = isWhole ? arguments : twoFiles + arguments
    self.code = code
    self.message = message
  }

  var testDescription: String { PlainText.neutralised(arguments.joined(separator: " ")) }
}

@Suite struct RefusalTests {
  static let structure: [Refusal] = [
    Refusal(
      "--current", "b", isWhole: true, gives: .missingFlag,
      says: "Missing expected argument '--baseline <file> ...'."),
    Refusal(
      "--baseline", "a", isWhole: true, gives: .missingFlag,
      says: "Missing expected argument '--current <file> ...'."),
    Refusal(
      "profile", "x", isWhole: true, gives: .missingFlag,
      says: "Missing expected argument '--output <file>'."),
    Refusal(
      "merge", isWhole: true, gives: .missingFlag,
      says: "Missing expected argument '<file> ...' of 'merge'."),
    Refusal(
      "mmd-shard", "--baseline", "a", isWhole: true, gives: .missingFlag,
      says: "Missing expected argument '--current <file> ...'."),
    Refusal(
      "mmd-shard", "--baseline", "a", "--current", "b", "--output", "s", isWhole: true,
      gives: .missingFlag, says: "Missing expected argument '--shard <i/n>'."),
    Refusal(
      "mmd-shard", "--baseline", "a", "--current", "b", "--shard", "0/2", isWhole: true,
      gives: .missingFlag, says: "Missing expected argument '--output <file>'."),
    Refusal(
      "mmd-shard", "stray", isWhole: true, gives: .unexpectedArgument,
      says: "Unexpected argument 'stray'. Files follow '--baseline' or '--current'."),
    Refusal(
      "mmd-shard", "--alpha", "0.1", isWhole: true, gives: .unknownFlag,
      says: "'--alpha' is no option of 'drift-check mmd-shard'."),
    Refusal(
      "stray", isWhole: true, gives: .unexpectedArgument,
      says: "Unexpected argument 'stray'. Files follow '--baseline' or '--current'."),
    Refusal(
      "--alpha", "0.1", "stray", gives: .unexpectedArgument,
      says: "Unexpected argument 'stray'. Files follow '--baseline' or '--current'."),
    Refusal(
      "--aplha", "0.1", gives: .unknownFlag,
      says: "Unknown option '--aplha'. Did you mean '--alpha'?"),
    Refusal(
      "--alpah=0.1", gives: .unknownFlag, says: "Unknown option '--alpah'. Did you mean '--alpha'?"),
    Refusal(
      "--bandwidth", "2", gives: .unknownFlag,
      says: "Unknown option '--bandwidth'. Did you mean '--mmd-bandwidth'?"),
    Refusal(
      "-quite", gives: .unknownFlag, says: "Unknown option '-quite'. Did you mean '--quiet'?"),
    Refusal("-z", gives: .unknownFlag, says: "Unknown option '-z'."),
    Refusal("--frobnicate", gives: .unknownFlag, says: "Unknown option '--frobnicate'."),
    Refusal("--=x", gives: .unknownFlag, says: "Unknown option '--=x'."),
    Refusal(
      "--seed", gives: .missingValue,
      says: "Missing value for '--seed <n>': the command line ends there."),
    Refusal(
      "--model", "--alpha", "0.1", gives: .missingValue,
      says: "Missing value for '--model <name>': found the option '--alpha'."),
    Refusal(
      "--model", "-q", gives: .missingValue,
      says: "Missing value for '--model <name>': found the option '-q'."),
    Refusal(
      "--baseline", "--current", "b", gives: .missingValue,
      says: "Missing value for '--baseline <file> ...': found the option '--current'."),
    Refusal(
      "--model", "--x", gives: .missingValue,
      says: """
        Missing value for '--model <name>': found '--x' (write '--model=--x' if that is the value).
        """),
    Refusal(
      "--model", "--", gives: .missingValue, says: "Missing value for '--model <name>': found '--'."
    ),
    Refusal(
      "--quiet=yes", gives: .unexpectedValue,
      says: "'--quiet' takes no value, but '--quiet=yes' gives it one."),
    Refusal(
      "--no-mmd=", gives: .unexpectedValue,
      says: "'--no-mmd' takes no value, but '--no-mmd=' gives it one."),
    Refusal(
      "--seed", "1", "--seed", "1", gives: .repeatedFlag,
      says: "'--seed' was given more than once; give it once."),
    Refusal(
      "--model", "a\u{1B}[2J\n", "--model", "b\u{7}x", "\u{9B}y", gives: .repeatedFlag,
      says: "'--model' was given more than once; give it once."),
    Refusal(
      "--alpha", "\u{1B}[2J\n", gives: .invalidValue,
      says: #"""
        The value '\u{1B}[2J\n' is invalid for '--alpha <p>': expected a number greater than 0 \#
        and less than 1.
        """#),
  ]

  static let contradictions: [Refusal] = [
    Refusal(
      "--features", "a,b", "--exclude", "b", gives: .contradiction,
      says: "The column 'b' is in both '--features' and '--exclude'; choose one."),
    Refusal(
      "--categorical", "a", "--numeric", "a", gives: .contradiction,
      says: "The column 'a' is in both '--categorical' and '--numeric'; choose one."),
    Refusal(
      "--exclude", "a", "--categorical", "a", gives: .contradiction,
      says: "The column 'a' is in both '--exclude' and '--categorical'; choose one."),
    Refusal(
      "--exclude", "a", "--numeric", "a", gives: .contradiction,
      says: "The column 'a' is in both '--exclude' and '--numeric'; choose one."),
    Refusal(
      "--psi-warn", "0.3", "--psi-fail", "0.2", gives: .contradiction,
      says: "'--psi-warn 0.3' is greater than '--psi-fail 0.2'; FAIL would come before WARN."),
    Refusal(
      "--mean-shift-effect-warn", "2", "--mean-shift-effect", "1", gives: .contradiction,
      says: """
        '--mean-shift-effect-warn 2.0' is greater than '--mean-shift-effect 1.0'; \
        FAIL would come before WARN.
        """),
    Refusal(
      "--warn-alpha", "0.01", "--alpha", "0.02", gives: .contradiction,
      says: "'--warn-alpha 0.01' is less than '--alpha 0.02'; FAIL would come before WARN."),
    Refusal(
      "--quiet", "--format", "json", gives: .contradiction,
      says: "'--quiet' prints nothing, but '--format json' asks for the report; choose one."),
    Refusal(
      "--baseline", "-", "--current", "-", gives: .contradiction,
      says: "Standard input ('-') was given more than once; it can be read only once."),
    Refusal(
      "--current", "-", "-", gives: .contradiction,
      says: "Standard input ('-') was given more than once; it can be read only once."),
    Refusal(
      "--output", "a.csv", gives: .contradiction,
      says: "'--output' is 'a.csv', which is also an input; it would be overwritten."),
    Refusal(
      "--mmd-sums", "s", "--output", "s", gives: .contradiction,
      says: "'--output' is 's', which is also an input; it would be overwritten."),
    Refusal(
      "--html", "b.csv", gives: .contradiction,
      says: "'--html' is 'b.csv', which is also an input; it would be overwritten."),
    Refusal(
      "--html", "data_drift_latest.json", gives: .contradiction,
      says: """
        '--html' is 'data_drift_latest.json', which is also '--output'; give each a file of its own.
        """),
    Refusal(
      "--termination-log", "p", "--html", "p", gives: .contradiction,
      says: "'--termination-log' is 'p', which is also '--html'; give each a file of its own."),
    Refusal(
      "--termination-log", "b.csv", gives: .contradiction,
      says: "'--termination-log' is 'b.csv', which is also an input; it would be overwritten."),
  ]

  @Test(arguments: structure + contradictions)
  func says(_ refusal: Refusal) throws {
    let error = try #require(usageError(refusal.arguments))
    #expect(error.message == refusal.message)
    #expect(error.code == refusal.code)
  }

  @Test(arguments: [
    ["--permutations", "9"], ["--permutation-unit", "rows"], ["--mmd-max-rows", "9"],
    ["--mmd-bandwidth", "1"], ["--mmd-scale", "none"], ["--mmd-precision", "double"],
    ["--mmd-sums", "x"],
  ])
  func noMMDTakesNoFlagOfTheTest(_ flag: [String]) throws {
    let error = try #require(usageError(twoFiles + flag + ["--no-mmd"]))
    #expect(error.message == "'\(flag[0])' has no effect with '--no-mmd'; choose one.")
    #expect(error.code == .contradiction)
  }

  @Test(arguments: [
    ["--psi-bins", "10"], ["--psi-binning", "quantile"], ["--psi-missing", "bin"],
    ["--psi-zero", "half"], ["--psi-gate", "on"],
  ])
  func theOlderJobFixesItsPSI(_ flag: [String]) throws {
    let error = try #require(usageError(twoFiles + flag + ["--psi-compat", "churn-mlops"]))
    #expect(error.message == "'\(flag[0])' is fixed by '--psi-compat'; choose one.")
    #expect(error.code == .contradiction)
  }

  @Test func isPrintedInThreeLines() throws {
    let error = try #require(usageError(["--aplha"]))
    #expect(
      error.rendered == """
        Error: Unknown option '--aplha'. Did you mean '--alpha'?
        Usage: drift-check [check] --baseline <file> ... --current <file> ... [options]
          See 'drift-check --help' for more information.

        """)
    #expect(ExitCode.usage.rawValue == 64)
  }
}
