import DriftCheckCore
import DriftKit
import Foundation
import Testing

/// What a configuration file may look like, and what is refused, with its place.
@Suite struct ConfigurationSyntaxTests {
  @Test(arguments: [
    "psi-warn: 0.2\nno-mmd: true\npsi-gate: off\n",
    "\u{FEFF}psi-warn: 0.2\r\nno-mmd: true\r\npsi-gate: off\r\n",
    "%YAML 1.2\n---\n# a comment\npsi-warn:   +.2e0 # another\nno-mmd: TRUE\n'psi-gate': \"off\"\n...",
    "{psi-warn: 0.20, no-mmd: true, psi-gate: false}",
    "{\"psi-warn\": 2e-1, \"no-mmd\": true,\n\t\"psi-gate\": \"off\"}",
    "psi-gate: >-\n  off\nno-mmd: true\npsi-warn: 0.2",
  ])
  func theSameInManyForms(_ text: String) throws {
    let expected = try options(["--psi-warn", "0.2", "--no-mmd", "--psi-gate", "off"])
    #expect(try Configured(text).options() == expected)
  }

  @Test(arguments: ["{}", "# nothing\n", "---\n# nothing\n{}", "--- {}\n", "\u{FEFF}# \n"])
  func nothingIsAsGood(_ text: String) throws {
    #expect(try Configured(text).options() == options([]))
  }

  /// What is left of the output of a command that failed.
  @Test(arguments: ["", "\n", " \t\r\n\n", "\u{FEFF}", "\u{FEFF}\r\n"])
  func emptyFilesAreRefused(_ text: String) throws {
    #expect(
      try Configured(text).errors() == [
        "drift.yaml:1:1: found an empty file, expected settings, such as 'alpha: 0.01'; '{}' stands "
          + "for none"
      ])
  }

  /// What is left of a template that had no values is not "the defaults, please" either.
  @Test(arguments: [
    ("~", "1:1"), ("null", "1:1"), ("# all\nNULL # none\n", "2:1"), ("--- ~\n", "1:5"),
    ("---\n", "2:1"), ("---", "1:4"), ("---\n...\n", "2:1"),
  ])
  func nullIsRefused(_ text: String, _ place: String) throws {
    #expect(
      try Configured(text).errors() == [
        "drift.yaml:\(place): found no value, expected settings, such as 'alpha: 0.01'"
      ])
  }

  /// Text, and the place and message of what is wrong with it.
  static let refused: [(text: String, error: String)] = [
    ("alpha", "1:1: found the text 'alpha', expected settings, such as 'alpha: 0.01'"),
    ("- alpha", "1:1: found a list, expected settings, such as 'alpha: 0.01'"),
    (
      "alpha: 0.02\n\nalhpa: 0.1\n", "3:1: found the unknown key 'alhpa'; did you mean 'alpha'?"
    ),
    ("psi_warn: 0.1", "1:1: found the unknown key 'psi_warn'; did you mean 'psi-warn'?"),
    ("--psi-warn: 0.1", "1:1: found the unknown key '--psi-warn'; did you mean 'psi-warn'?"),
    (
      "frobnicate: 1",
      "1:1: found the unknown key 'frobnicate', expected the name of a flag; "
        + "'drift-check --help' lists them"
    ),
    (
      "overrides: {x: {frobnicate: 1}}",
      "1:17: found the unknown key 'frobnicate', expected one of kind, ignore, mmd, gate, psi-bins, "
        + "psi-binning, psi-edges, psi-warn, psi-fail, mean-shift-effect-warn, mean-shift-effect, new-levels-warn, "
        + "new-levels-fail, lost-levels-warn, lost-levels-fail, distance-warn, distance-fail, "
        + "missing-warn, missing-fail, alpha, warn-alpha"
    ),
    (
      "kind: numeric",
      "1:1: found 'kind' here, which is for a single column; put it below one in 'overrides'"
    ),
    (
      "overrides: {x: {permutations: 9}}",
      "1:17: found 'permutations' here, which is for all columns; put it at the top level"
    ),
    (
      "help: true", "1:1: found 'help', expected a setting; give '--help' on the command line"
    ),
    (
      "config: x", "1:1: found 'config', expected a setting; give '--config' on the command line"
    ),
    (
      "seed: 1\nalpha: 0.1\nseed: 1",
      "3:1: found 'seed' again, expected it once (first in line 1); take out one"
    ),
    (
      "alpha: '0.1'",
      "1:8: 'alpha': found the text '0.1', expected a number greater than 0 and less than 1 (no quotes)"
    ),
    (
      "alpha: 2",
      "1:8: 'alpha': found the number 2, expected a number greater than 0 and less than 1"
    ),
    (
      "alpha: .nan",
      "1:8: 'alpha': found the number .nan, expected a number greater than 0 and less than 1"
    ),
    (
      "alpha:",
      "1:7: 'alpha': found no value, expected a number greater than 0 and less than 1; give one, or "
        + "take it out"
    ),
    (
      "seed: 0x10",
      "1:7: 'seed': found the number 0x10, expected a whole number from 0 to 18446744073709551615"
    ),
    (
      "seed: 1_000",
      "1:7: 'seed': found the text '1_000', expected a whole number from 0 to 18446744073709551615"
    ),
    (
      "psi-bins: \"7\"",
      "1:11: 'psi-bins': found the text '7', expected a whole number from 2 to 1000 (no quotes)"
    ),
    (
      "psi-bins: 10.0",
      "1:11: 'psi-bins': found the number 10.0, expected a whole number from 2 to 1000"
    ),
    ("quiet: yes", "1:8: 'quiet': found the text 'yes', expected true or false"),
    ("quiet: 1", "1:8: 'quiet': found the number 1, expected true or false"),
    ("quiet: 'true'", "1:8: 'quiet': found the text 'true', expected true or false (no quotes)"),
    ("psi-gate: yes", "1:11: 'psi-gate': found the text 'yes', expected one of 'on', 'off'"),
    (
      "adjust: null",
      "1:9: 'adjust': found no value, expected one of 'holm', 'bh', 'none'; "
        + "give one, or take it out"
    ),
    (
      "adjust: [holm]", "1:9: 'adjust': found a list, expected one of 'holm', 'bh', 'none'"
    ),
    (
      "model: true", "1:8: 'model': found true, expected text; put it in quotes if it is that"
    ),
    (
      "missing-values: [NA, null]",
      "1:22: 'missing-values': found no value, expected text; give one, in quotes if it is the word "
        + "'null', or take it out"
    ),
    (
      "features: []",
      "1:11: 'features': found an empty list, expected names between commas, none of them empty "
        + "('\\,' for a comma)"
    ),
    (
      "features: {a: b}",
      "1:11: 'features': found a mapping, expected a list, such as '[a, b]', or "
        + "'a,b'"
    ),
    ("baseline: []", "1:11: 'baseline': found an empty list, expected a file, or a list of files"),
    ("baseline: {}", "1:11: 'baseline': found a mapping, expected a file, or a list of files"),
    (
      "alpha: &a 0.1\nwarn-alpha: *a",
      "1:8: found an anchor or an alias ('&' or '*'), expected the value itself; write it out, or "
        + "put it in quotes if it is text"
    ),
    (
      "alpha: *a",
      "1:8: found an anchor or an alias ('&' or '*'), expected the value itself; write it out, or "
        + "put it in quotes if it is text"
    ),
    (
      "alpha: !!float 0.1",
      "1:8: found a type, such as '!!str', expected a value without; take it out, or put the value "
        + "in quotes if it is text"
    ),
    (
      "alpha: 0.1\n---\nalpha: 0.2", "2:1: found a second document, expected one; take out the rest"
    ),
    (
      "[a]: 1",
      "1:1: found a list or a mapping as a key, expected a name; put it in quotes if it is that"
    ),
    (
      "model: \"a\u{7}\"",
      "1:10: found the control character U+7, expected text; take it out, or write it as an escape in "
        + "double quotes"
    ),
    (
      "a: " + String(repeating: "[", count: 100),
      "1:19: found more than 16 levels, expected settings; take out a few"
    ),
  ]

  @Test(arguments: refused)
  func refusesYAML(_ text: String, _ error: String) throws {
    #expect(try Configured(text).errors() == ["drift.yaml:" + error])
  }

  static let refusedJSON: [(text: String, error: String)] = [
    ("", "1:1: not JSON: found the end of the file, expected a value"),
    ("alpha: 0.1", "1:1: not JSON: found 'a', expected a value"),
    ("{alpha: 1}", "1:2: not JSON: found 'a', expected a key in double quotes"),
    ("{\"alpha\": 0.1,}", "1:15: not JSON: found '}', expected a key in double quotes"),
    ("{\"alpha\" 0.1}", "1:10: not JSON: found '0', expected ':'"),
    ("{\"alpha\": 0.1 \"seed\": 1}", "1:15: not JSON: found '\"', expected ',' or '}'"),
    ("{\"baseline\": [\"ä\" 1]}", "1:19: not JSON: found '1', expected ',' or ']'"),
    ("{\"alpha\": .1}", "1:11: not JSON: found '.', expected a value"),
    ("{\"alpha\": 01}", "1:11: not JSON: found '0', expected a value"),
    ("{\"alpha\": 1.}", "1:11: not JSON: found '1', expected a value"),
    ("{\"alpha\": +1}", "1:11: not JSON: found '+', expected a value"),
    ("{\"alpha\": NaN}", "1:11: not JSON: found 'N', expected a value"),
    ("{\"alpha\": True}", "1:11: not JSON: found 'T', expected a value"),
    (
      "{\n  // no\n}",
      "2:3: not JSON: found '/', expected a key in double quotes; JSON has no comments"
    ),
    ("{} {}", "1:4: not JSON: found '{', expected the end of the file"),
    (
      "{\"model\": \"a\nb\"}", "1:13: not JSON: found a control character or a line end in a string"
    ),
    ("{\"model\": \"a", "1:13: not JSON: found the end of the file in a string"),
    ("{\"model\": \"\\x\"}", "1:12: not JSON: found an escape that JSON does not have"),
    (
      "{\"model\": \"\\uD800\"}",
      "1:12: not JSON: found half of a surrogate pair, expected both ('\\uD83D\\uDE00')"
    ),
    ("{\"model\": \"\\u12\"}", "1:12: not JSON: found '\\u' without four hexadecimal digits"),
    (
      "{\"seed\": 1,\r\n\"seed\": 1}",
      "2:1: found 'seed' again, expected it once (first in line 1); take out one"
    ),
    (
      "{\"x\": " + String(repeating: "[", count: 1000),
      "1:22: found more than 16 levels, expected settings; take out a few"
    ),
    ("{\"alhpa\": 1}", "1:2: found the unknown key 'alhpa'; did you mean 'alpha'?"),
  ]

  @Test(arguments: refusedJSON)
  func refusesJSON(_ text: String, _ error: String) throws {
    #expect(try Configured(text, name: "drift.json").errors() == ["drift.json:" + error])
  }

  @Test func escapesOfJSON() throws {
    let text = #"{"model": "\"\\\/\b\f\n\r\té😀\u00e9\uD83D\uDE00"}"#
    let options = try Configured(text, name: "x.json").options()
    #expect(options.model == "\"\\/\u{8}\u{C}\n\r\té😀é😀")
  }

  @Test func bytesThatAreNotTextAreNamed() throws {
    let bad = Data("alpha: 0.1\nmodel: ä".utf8) + Data([0xC3, 0x28])
    #expect(
      try Configured(bad).errors() == [
        "drift.yaml:2:9: found the byte 0xC3, which is not UTF-8; save the file as UTF-8"
      ])
    let wide = "alpha: 0.1".data(using: .utf16LittleEndian) ?? Data()
    #expect(
      try Configured(Data([0xFF, 0xFE]) + wide).errors() == [
        "drift.yaml:1:1: found the byte 0xFF, which is not UTF-8; save the file as UTF-8"
      ])
  }

  @Test func numbersAreTextWhereTextIsExpected() throws {
    let options = try Configured(
      "model: 1.10\nmissing-values: [-999, 007]\nexclude: [2019]\nmmd-bandwidth: 2.5"
    ).options()
    #expect((options.model, options.missingValues ?? []) == ("1.10", ["-999", "007"]))
    #expect(
      options.configuration.excluded == ["2019"] && options.discrepancy.bandwidth == 2.5)
    #expect(try Configured("missing-values: []").options().missingValues == [])
  }

  @Test func itemsOfListsAreTakenAsTheyAre() throws {
    let options = try Configured(#"exclude: ["a,b", 'c\', 'd\,e', "on"]"#).options()
    #expect(options.configuration.excluded == ["a,b", #"c\"#, #"d\,e"#, "on"])
    #expect(try Configured(#"exclude: 'a,b\,c'"#).options().configuration.excluded == ["a", "b,c"])
  }

  /// Commas and backslashes at either end of names, from the file alone and as what a flag leaves.
  @Test func oddItemsOfListsAreTakenAsTheyAre() throws {
    let names = [#"\"#, ",", #"\,"#, #"a\"#, ",b", #"c\\"#, "d", ",\u{301}e", ",,"]
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    #expect(try Configured("exclude: [\(list)]").options().configuration.excluded == names)
    let options = try Configured("exclude: [x, \(list), y]").options(
      twoFiles + ["--features", "y,x,z"])
    #expect(options.configuration.excluded == names)
  }

  @Test func largeFilesAreRefused() throws {
    let text = "# " + String(repeating: "x", count: 1 << 20)
    #expect(
      try Configured(text).errors() == [
        "drift.yaml: found more than 1 MiB, expected the settings of one program; cut it"
      ])
    let fits = "# " + String(repeating: "x", count: (1 << 20) - 2)
    #expect(try Configured(fits).options() == options([]))
  }

  @Test func allMistakesAreTold() throws {
    let text = "alpha: 2\nbeta: 1\noverrides:\n  x: {psi-warn: no, psi: 3}\n  y: 4\nquiet: 1\n"
    #expect(
      try Configured(text).errors(twoFiles, ["DRIFT_CHECK_SEED": "-1"]).map {
        $0.split(separator: " ")[0]
      } == [
        "drift.yaml:1:8:", "drift.yaml:2:1:", "drift.yaml:4:17:", "drift.yaml:4:21:",
        "drift.yaml:5:6:", "drift.yaml:6:8:", "DRIFT_CHECK_SEED",
      ])
    let many = (0..<30).map { "unknown-\($0): 1" }.joined(separator: "\n")
    let errors = try Configured(many).errors()
    #expect(errors.count == 21 && errors.last == "10 more mistakes like these")
  }

  @Test func namesCannotMoveTheCursor() throws {
    let errors = try Configured("\"a\\e[2J\\n\": 1").errors()
    #expect(errors.count == 1 && errors[0].contains(#"'a\u{1B}[2J\n'"#))
  }
}
