import DriftCheckCore
import DriftReport
import Testing

/// Values that a flag does not take, and what it expects instead.
@Suite struct InvalidValueTests {
  static let probability = "a number greater than 0 and less than 1"
  static let notNegative = "a number that is at least 0"
  static let columns = #"names between commas, none of them empty ('\,' for a comma)"#
  static let bandwidth = "'median' or a number greater than 0"
  static let zero = "'half' or 'floor:EPS' with EPS a number greater than 0 and at most 0.1"

  static let ratio =
    "'off' or two numbers that are at least 0, the lower one first, such as 0.5,2"

  static let cases: [(flag: String, values: [String], expected: String)] = [
    ("alpha", ["0", "1", "-0.1", "nan", "inf", "0x1p-4", "1e400", "", " 0.1", "0,1"], probability),
    ("warn-alpha", ["0", "1", "x"], probability),
    ("psi-warn", ["-1", "nan", "1e999", "ten"], notNegative),
    ("psi-fail", ["-1e-9", "inf"], notNegative),
    ("mean-shift-effect-warn", ["-1", "--1e"], notNegative),
    ("mean-shift-effect", ["-1", "x"], notNegative),
    ("new-levels-warn", ["-0.1", "5 %"], notNegative),
    ("new-levels-fail", ["nan", ""], notNegative),
    ("lost-levels-warn", ["-0.1", "5 %"], notNegative),
    ("lost-levels-fail", ["nan", ""], notNegative),
    ("distance-warn", ["-1", "5 %"], notNegative), ("distance-fail", ["nan", ""], notNegative),
    ("missing-warn", ["-1", "5 %"], notNegative), ("missing-fail", ["nan", ""], notNegative),
    ("psi-bins", ["0", "1", "1001", "ten", "1e2", "10.0", ""], "a whole number from 2 to 1000"),
    (
      "permutations", ["0", "1000001", "-1", "99999999999999999999"],
      "a whole number from 1 to 1000000"
    ),
    ("mmd-max-rows", ["1", "-2", "x"], "a whole number that is at least 2"),
    (
      "memory-limit", ["", "0", "63M", "1X", "M", "-1G", "1.5G", "99999999999999T"],
      "a size from 64M on, as '512M' or '2Gi'"
    ),
    ("threads", ["0", "1025", "all"], "a whole number from 1 to 1024"),
    (
      "seed", ["-1", "18446744073709551616", "0x10"],
      "a whole number from 0 to 18446744073709551615"
    ),
    ("mmd-bandwidth", ["0", "-1", "nan", "inf", "Median", ""], bandwidth),
    ("mmd-sums", ["", "-"], "a file that 'drift-check mmd-shard' wrote"),
    ("psi-zero", ["floor", "floor:", "floor:0", "floor:0.2", "floor:nan", "Half", ""], zero),
    ("min-rows", ["-1", "1.5", ""], "a whole number that is at least 0"),
    ("rows-ratio-warn", ["", "on", "2", "2,1", "-1,2", "0.5,2,3", "0.5, 2", "nan,2"], ratio),
    ("rows-ratio-fail", [",", "0.5,", "1e999,2"], ratio),
    ("psi-binning", ["uniforms", "", "Quantile"], "one of 'quantile', 'uniform'"),
    ("psi-missing", ["keep"], "one of 'bin', 'exclude'"),
    ("psi-gate", ["true"], "one of 'on', 'off'"),
    ("psi-compat", ["other"], "'churn-mlops'"),
    ("mean-shift-variance", ["student"], "one of 'welch', 'pooled'"),
    ("adjust", ["bonferroni"], "one of 'holm', 'bh', 'none'"),
    ("permutation-unit", ["columns"], "one of 'auto', 'rows', 'blocks'"),
    ("mmd-scale", ["robust"], "one of 'ranks', 'pooled', 'none'"),
    ("mmd-kernels", ["", "Ladder", "5"], "one of 'ladder', 'median'"),
    ("mmd-effect-warn", ["-0.1", "half"], notNegative),
    ("mmd-effect", ["-1", "nan"], notNegative),
    ("dependence-max-features", ["1", "-2", "x"], "a whole number that is at least 2"),
    ("dependence-warn", ["-0.1", ""], notNegative),
    ("dependence-fail", ["inf", "x"], notNegative),
    ("mmd-precision", ["half"], "one of 'single', 'double'"),
    ("time-features", ["minute"], "one of 'hour', 'weekday', 'month'"),
    ("missing-features", ["warn"], "one of 'fail', 'ignore'"),
    ("fail-on", ["ok"], "one of 'fail', 'warn', 'never'"),
    ("format", ["yaml"], "one of 'text', 'json'"),
    ("log-format", ["xml"], "one of 'text', 'json'"),
    ("color", ["yes"], "one of 'auto', 'always', 'never'"),
    ("features", ["", "a,", ",a", "a,,b"], columns),
    ("exclude", ["", ","], columns),
    ("categorical", ["a,,b"], columns),
    ("gate", ["", "a,"], columns),
    ("importance", ["", "-"], "a file ('/dev/stdin' is standard input)"),
    ("numeric", [""], columns),
    ("baseline", [""], "a file, or '-'"),
    ("current", [""], "a file, or '-'"),
    (
      "output", ["", "-"],
      "a file ('--format json' prints the report; './-' is a file named '-')"
    ),
    (
      "html", ["", "-"],
      "a file ('/dev/stdout' with '--quiet' prints it; './-' is a file named '-')"
    ),
    ("termination-log", [""], "a file"),
    ("metrics-file", [""], "a file"),
    ("push-basic-auth-file", [""], "a file"),
    ("push-bearer-token-file", [""], "a file"),
    ("push-ca-file", [""], "a file"),
    (
      "pushgateway",
      ["", "gateway:9091", "ftp://g", "http://", "http://:9091", "http://g?x", "http://g g"],
      "an address such as 'http://pushgateway:9091', without '?' and '#'"
    ),
    ("model", [""], "a name"),
    ("config", ["", "-"], "a file ('/dev/stdin' is standard input)"),
    (
      "delimiter", ["", "ab", "é", "\"", "\n", "\r", "\\n", "colon"],
      """
      one byte that is no quote and no line end, '\\t', or one of 'comma', 'semicolon', 'tab', \
      'pipe', 'space'
      """
    ),
    ("decimal", ["", ".", "dot"], "one of 'point', 'comma'"),
    (
      "thousands", ["", "1", "-", "e", "\"", ",.", "\n", "dot"],
      """
      one character that is no part of a number and no quote, 'none', or one of 'comma', 'point', \
      'space', 'apostrophe', 'underscore'
      """
    ),
    (
      "comment", ["", "##", "\"", " ", "\t", "\n", "é"],
      "one byte that is no quote, no blank and no line end, such as '#'"
    ),
    ("skip-rows", ["", "-1", "1.5", "x"], "a whole number from 0 to 1000000000"),
    (
      "encoding", ["", "no-such-code", "latin1//IGNORE", "a b"],
      """
      the name of an encoding that the C library has, such as windows-1252, latin1, UTF-16LE or \
      Shift_JIS ('iconv -l' lists them; Debian has the rarer ones in libc-gconv-modules-extra)
      """
    ),
  ]

  @Test(arguments: cases.map(\.flag))
  func saysWhatIsExpected(_ name: String) throws {
    let flag = try #require(CommandTable.current.flags.flag(spelled: "--\(name)"))
    let row = try #require(Self.cases.first { $0.flag == name })
    for value in row.values {
      let error = try #require(usageError(twoFiles + ["--\(name)=\(value)"]), "\(value)")
      // A query may hold a token.
      let isSecret = name == "pushgateway" && value.contains("?")
      let shown = isSecret ? "***" : PlainText.neutralised(value)
      #expect(
        error.message
          == "The value '\(shown)' is invalid for '\(flag.label)': expected \(row.expected).")
      #expect(error.code == .invalidValue)
      #expect(error.subject == "--\(name)")
    }
  }

  /// Every flag with a value that can be wrong is in the list above.
  @Test func noFlagIsLeftOut() {
    let free = ["missing-values", "generate-completion-script"]
    let names = Check.flags.filter { $0.arity != .toggle }.map(\.name)
    #expect(names.sorted() == (Self.cases.map(\.flag) + free).sorted())
  }
}
