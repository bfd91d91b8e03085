import DriftCheckCore
import DriftKit
import Foundation
import Testing

/// What people get wrong in YAML, told in words that help.
@Suite struct ConfigurationMistakeTests {
  /// Text that is no YAML: libyaml finds it, and the place and the words are ours.
  static let noYAML: [(text: String, error: String)] = [
    (
      "model: ä: b",
      "1:9: found ':' in a value, expected one 'key: value' on a line; put the value in quotes, or "
        + "check the indentation"
    ),
    ("alpha: 0.1\n\tseed: 1", "2:1: found a tab, expected spaces; indent with spaces"),
    ("overrides:\n\tx: {alpha: 0.1}", "2:1: found a tab, expected spaces; indent with spaces"),
    ("\talpha: 0.1", "1:1: found a tab, expected spaces; indent with spaces"),
    ("model: |\n\ta", "2:1: found a tab, expected spaces; indent with spaces"),
    ("model: @a", "1:8: found '@', which begins no value; put the value in quotes"),
    ("model: `a`", "1:8: found '`', which begins no value; put the value in quotes"),
    (
      "exclude: - a",
      "1:10: found a list after 'key:', expected it on lines of its own; or write '[a, b]'"
    ),
    (
      "seed: 1\nmodel churn v2\nalpha: 0.1\n",
      "2:1: found 'model' without ': ' after it, expected 'key: value'; add what is missing"
    ),
    (
      "seed: 1\nalpha",
      "2:1: found 'alpha' without ': ' after it, expected 'key: value'; add what is missing"
    ),
    (
      "seed: 1\nexclude: [a, b",
      "2:15: found the end of the file, expected ',' or ']' in the list that begins in line 2, "
        + "column 10; close it"
    ),
    (
      "exclude: [a,\n  b}\n",
      "2:4: found '}', expected ',' or ']' in the list that begins in line 1, column 10; close it"
    ),
    (
      "overrides: {ä: {alpha: 0.1}\n\n",
      "3:1: found the end of the file, expected ',' or '}' in the mapping that begins in line 1, "
        + "column 12; close it"
    ),
    (
      "exclude: [",
      "1:11: found the end of the file, expected a value; close what is open, or put the value in "
        + "quotes"
    ),
    (
      "model: ]x y",
      "1:8: found ']x', expected a value; close what is open, or put the value in quotes"
    ),
    (
      "overrides:\n  x:\n    psi-warn: 0.1\n   psi-fail: 0.2",
      "4:4: found 'psi-fail:', expected the next key of the mapping that begins in line 2, column 3; "
        + "check indentation and quotes"
    ),
    (
      "model: \"a\" b",
      "1:12: found 'b', expected the next key of the mapping that begins in line 1, column 1; check "
        + "indentation and quotes"
    ),
    (
      "- a\nb: 1",
      "2:1: found 'b:', expected '- ' and the next item of the list that begins in line 1, column 1; "
        + "check the indentation"
    ),
    (
      "seed: 1\nmodel: 'a\nalpha: 0.1\n",
      "2:8: found no end of the text in quotes that begins here, expected another quote; close it"
    ),
    (
      "model: \"a\n---\n\"",
      "2:1: found '---' in the text in quotes that begins in line 1, column 8, expected its end; close "
        + "the quotes"
    ),
    (
      #"output: "C:\data\r.json""#,
      #"1:12: found '\data\r.json"', an escape that YAML does not have; write '\\' for a backslash, "#
        + "or use single quotes"
    ),
    (
      #"model: "\u12""#,
      #"1:11: found '12"', expected the hexadecimal digits of a character; write '\\' for a "#
        + "backslash, or use single quotes"
    ),
    (
      "baseline: *.csv",
      "1:11: found '*.csv', where '*' and '&' mean something else than text; put the value in quotes"
    ),
    ("model: !a!b c", "1:8: found '!a!b', where '!' begins a type; put the value in quotes"),
    (
      "seed: 1\n...\nalpha: 0.1",
      "3:1: found 'alpha:' after the end of the document, expected nothing; take it out"
    ),
    ("%YAML 9.9\n---\n{}", "1:1: found another version of YAML, expected 1.2; take the line out"),
    (
      "%FOO\n---\n{}",
      "1:5: found a mistake (while scanning a directive, found unknown directive name), expected YAML "
        + "1.2; check indentation and quotes"
    ),
  ]

  @Test(arguments: noYAML)
  func whatIsNoYAMLIsExplained(_ text: String, _ error: String) throws {
    for ending in ["\n", "\r\n", "\r"] {
      let text = text.replacing("\n", with: ending)
      let (place, message) = (error.prefix { $0 != " " }, error.drop { $0 != " " })
      #expect(try Configured(text).errors() == ["drift.yaml:\(place) not YAML:\(message)"])
    }
  }

  /// Credentials in an address that is no address either.
  static let credentials = [
    "http://user:s3c#ret@host:9091", "user:s3c#ret@host:9091", "http://user:s3c?ret@host",
    "ftp://user:s3cret@host",
  ]

  @Test(arguments: credentials)
  func credentialsAreNotShown(_ address: String) throws {
    let expected = "expected an address such as 'http://pushgateway:9091', without '?' and '#'"
    let errors = try Configured("pushgateway: '\(address)'").errors()
    #expect(errors == ["drift.yaml:1:14: 'pushgateway': found the text '***', \(expected)"])
    let json = try Configured("{\"pushgateway\": \"\(address)\"}", name: "drift.json").errors()
    #expect(json == ["drift.json:1:17: 'pushgateway': found the text '***', \(expected)"])
    let variable = try Configured("{}").errors(twoFiles, ["DRIFT_CHECK_PUSHGATEWAY": address])
    #expect(variable == ["DRIFT_CHECK_PUSHGATEWAY is '***': \(expected)."])
    let flag = try #require(usageError(twoFiles + ["--pushgateway", address]))
    #expect(
      flag.message == "The value '***' is invalid for '--pushgateway <url>': \(expected).")
    // Others are.
    #expect(usageError(twoFiles + ["--alpha", "a@b"])?.message.contains("'a@b'") == true)
  }

  /// A path ends at its first NUL for the system, and another file would be read or written.
  @Test(arguments: [
    "baseline", "current", "mmd-sums", "output", "html", "termination-log", "metrics-file",
    "push-basic-auth-file", "push-bearer-token-file", "push-ca-file", "edges-from",
  ])
  func pathsHaveNoNUL(_ key: String) throws {
    for file in [
      try Configured("\(key): \"zz\\0.json\""),
      try Configured("{\"\(key)\": \"zz\\u0000.json\"}", name: "drift.json"),
    ] {
      let errors = try file.errors()
      let message = "'\(key)': found the text 'zz\\u{0}.json', expected a "
      #expect(errors.count == 1 && errors[0].contains(message), "\(errors)")
    }
  }

  /// Mistakes of all kinds come in the order of the file, the first twenty of them with a guess.
  @Test func allMistakesOfAFileAreTold() throws {
    let text = """
      alpha: 2
      alhpa: 1
      seed: 1
      overrides:
        x: {psi-warn: no, psi-warn: 0.1, psi-wran: 1}
        x: {alpha: 0.2}
        y: {ignore: true, psi-bins: 3}
      seed: 2
      """
    #expect(
      try Configured(text).errors() == [
        "drift.yaml:1:8: 'alpha': found the number 2, expected a number greater than 0 and less than 1",
        "drift.yaml:2:1: found the unknown key 'alhpa'; did you mean 'alpha'?",
        "drift.yaml:5:17: 'psi-warn': found the text 'no', expected a number that is at least 0",
        "drift.yaml:5:21: found 'psi-warn' again, expected it once (first in line 5); take out one",
        "drift.yaml:5:36: found the unknown key 'psi-wran'; did you mean 'psi-warn'?",
        "drift.yaml:6:3: found 'x' again, expected it once (first in line 5); take out one",
        "drift.yaml:7:21: 'psi-bins' of 'y' has no effect on a column with 'ignore: true'; choose one",
        "drift.yaml:8:1: found 'seed' again, expected it once (first in line 3); take out one",
      ])
  }

  /// As many mistakes as a file can have are counted without looking for what each was meant to be.
  @Test(.timeLimit(.minutes(1))) func manyMistakesTakeNoTime() throws {
    let count = 100_000
    let text = (0..<count).map { "\(String($0, radix: 36)):" }.joined(separator: "\n")
    #expect(text.utf8.count < 1 << 20)
    let errors = try Configured(text).errors()
    #expect(errors.count == 21 && errors.last == "\(count - 20) more mistakes like these")
  }

  /// YAML would take the next line, which is at the wrong depth, for more of the same text.
  @Test(arguments: [
    ("exclude:\n- tempo\n - key\n", "2:3", 3), ("model: a\n b\n", "1:8", 2),
    ("alpha: 1\n  seed: 2", "1:8", 2), ("features: [a\n  b]\n", "1:12", 2),
    ("adjust: # a comment\n  holm\n  \n  x\n", "2:3", 4),
  ])
  func textOfMoreLinesIsRefused(_ text: String, _ place: String, _ line: Int) throws {
    #expect(
      try Configured(text).errors() == [
        "drift.yaml:\(place): found a value that goes on to line \(line), expected one line; check "
          + "the indentation there, or put the value in quotes"
      ])
    let quoted = try Configured(
      "model: 'a\n b'\nexclude: # a comment\n  x # another\n\nseed:\n  3\n")
    let options = try quoted.options()
    #expect(
      (options.model, options.configuration.excluded, options.discrepancy.seed) == ("a b", ["x"], 3)
    )
  }

  /// Deep nesting ends at the limit, however deep it is.
  @Test(arguments: ["[", "{a: ", "- "])
  func nestingIsBounded(_ opening: String) throws {
    for count in [17, 1_000, 100_000] {
      let errors = try Configured("a:\n " + String(repeating: opening, count: count)).errors()
      #expect(errors.count == 1 && errors[0].contains("found more than 16 levels"), "\(errors)")
    }
  }
}
