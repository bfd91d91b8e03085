import DriftCheckCore
import DriftKit
import Foundation
import Testing

/// What a configuration file says of single columns.
@Suite struct OverrideTests {
  @Test func everyKeySetsItsOption() throws {
    let options = try Configured(
      """
      psi-bins: 8
      overrides:
        a: {kind: numeric, psi-bins: 5, psi-binning: uniform, psi-warn: 0.2, psi-fail: 0.3}
        "b,c": {psi-edges: [-1, 0.5, 1e3], mean-shift-effect-warn: 0.4, mean-shift-effect: 0.5}
        d: {kind: categorical, alpha: 0.001, warn-alpha: 0.002, new-levels-warn: 0.1, new-levels-fail: 0.2,
            lost-levels-warn: 0.3, lost-levels-fail: 0.4}
        1: {ignore: true}
        e: {gate: true, mmd: false, distance-warn: 0.1, distance-fail: 0.2, missing-warn: 0.3, missing-fail: 0.4}
        f: {gate: false}
      """
    ).options()
    let overrides = options.overrides
    #expect(overrides.map(\.column) == ["a", "b,c", "d", "1", "e", "f"])
    #expect(overrides.map(\.place.line) == [3, 4, 5, 7, 8, 9])
    #expect(overrides.map(\.gates) == [nil, nil, nil, nil, true, false])
    #expect((overrides[0].psiBins, overrides[0].psiBinning) == (5, .uniform))
    #expect((overrides[0].limits["psi-warn"], overrides[0].limits["psi-fail"]) == (0.2, 0.3))
    #expect(overrides[1].psiEdges == [-1, 0.5, 1000])
    #expect(
      (overrides[1].limits["mean-shift-effect-warn"], overrides[1].limits["mean-shift-effect"]) == (
        0.4, 0.5
      ))
    #expect((overrides[2].limits["alpha"], overrides[2].limits["warn-alpha"]) == (0.001, 0.002))
    #expect(
      (overrides[2].limits["new-levels-warn"], overrides[2].limits["new-levels-fail"]) == (0.1, 0.2)
    )
    #expect(
      (overrides[2].limits["lost-levels-warn"], overrides[2].limits["lost-levels-fail"])
        == (0.3, 0.4))
    #expect(
      (options.numeric, options.categorical, options.configuration.excluded) == (
        ["a"], ["d"], ["1"]
      ))
    let used = Set(overrides.flatMap { $0.places.keys })
    #expect(used == Set(OverrideKey.all.map(\.name)))
  }

  /// What stands below `overrides`, where the mistake is, and how its message begins.
  static let refused: [(text: String, at: String, error: String)] = [
    (
      "x: {ignore: true, psi-warn: 0.1}", "psi-warn",
      "'psi-warn' of 'x' has no effect on a column with 'ignore: true'; choose one"
    ),
    (
      "x: {kind: categorical, psi-edges: [1]}", "psi-edges",
      "'psi-edges' of 'x' has no effect on a categorical column; take it out"
    ),
    (
      "x: {kind: numeric, new-levels-fail: 1}", "new-levels",
      "'new-levels-fail' of 'x' has no effect on a numeric column"
    ),
    (
      "x: {kind: numeric, lost-levels-fail: 1}", "lost-levels",
      "'lost-levels-fail' of 'x' has no effect on a numeric column"
    ),
    (
      "x: {kind: categorical, mean-shift-effect: 1}", "mean-shift",
      "'mean-shift-effect' of 'x' has no effect on a categorical column"
    ),
    (
      "x: {psi-edges: [1], psi-bins: 3}", "psi-bins",
      "'psi-bins' of 'x' has no effect with 'psi-edges', which gives the bins; choose one"
    ),
    (
      "x: {psi-warn: 0.3, psi-fail: 0.2}", "psi-warn",
      "'psi-warn' of 'x' is 0.3, greater than 'psi-fail', 0.2; FAIL would come before WARN"
    ),
    (
      "x: {warn-alpha: 0.01, alpha: 0.02}", "warn-alpha",
      "'warn-alpha' of 'x' is 0.01, less than 'alpha', 0.02; FAIL would come before WARN"
    ),
    (
      "x: {mean-shift-effect-warn: 2, mean-shift-effect: 1}", "mean-shift-effect-warn",
      "'mean-shift-effect-warn' of 'x' is 2.0, greater than 'mean-shift-effect', 1.0"
    ),
    (
      "x: {psi-edges: [2, 1]}", "1]",
      "'psi-edges': found the number 1, expected a number greater than the one before, 2;"
    ),
    (
      "x: {psi-edges: [1, 1]}", "1]",
      "'psi-edges': found the number 1, expected a number greater than"
    ),
    ("x: {psi-edges: []}", "[", "'psi-edges': found an empty list, expected 1 to 999 numbers"),
    (
      "x: {psi-edges: [.inf]}", ".inf",
      "'psi-edges': found the number .inf, expected a finite number"
    ),
    (
      "x: {psi-edges: ['1']}", "'1'",
      "'psi-edges': found the text '1', expected a finite number (no quotes)"
    ),
    ("x: {psi-edges: 7}", "7", "'psi-edges': found the number 7, expected a list of ascending"),
    (
      "x: {kind: number}", "number",
      "'kind': found the text 'number', expected one of 'numeric', 'c"
    ),
    ("x: {ignore: on}", "on", "'ignore': found the text 'on', expected true or false"),
    ("x: {psi-bins: 1}", "1", "'psi-bins': found the number 1, expected a whole number from 2"),
    ("x: {psi-bin: 1}", "psi-bin", "found the unknown key 'psi-bin'; did you mean 'psi-bins'?"),
    ("x: {edges: [1]}", "edges", "found the unknown key 'edges'; did you mean 'psi-edges'?"),
    ("x: 0.1", "0.1", "'x': found the number 0.1, expected what is different for it, such as"),
    ("y: {psi-warn: 1}, y: {}", "y: {}", "found 'y' again, expected it once (first in line 2)"),
  ]

  @Test(arguments: refused)
  func contradictionsAndMistakes(_ text: String, _ at: String, _ error: String) throws {
    let errors = try Configured("overrides:\n {\(text)}").errors()
    let place = try #require(text.range(of: at))
    // The text above begins in the third column.
    let column = text.distance(from: text.startIndex, to: place.lowerBound) + 3
    #expect(errors.count == 1, "\(errors)")
    #expect(errors.first?.hasPrefix("drift.yaml:2:\(column): \(error)") == true, "\(errors)")
  }

  static let lists: [(list: String, override: String, error: String)] = [
    ("exclude: [x]", "psi-warn: 0.2", "3:2: 'x' is left out by 'exclude'; choose one"),
    ("features: [y]", "psi-warn: 0.2", "3:2: 'x' is not among 'features'; choose one"),
    ("features: [x]", "ignore: true", "3:2: 'x' has 'ignore: true', but is in 'features' too;"),
    ("numeric: [x]", "ignore: true", "3:2: 'x' has 'ignore: true', but is in 'numeric' too;"),
    ("categorical: x", "kind: numeric", "3:6: 'kind' of 'x' has no effect with 'categorical'; c"),
    ("numeric: x", "kind: categorical", "3:6: 'kind' of 'x' has no effect with 'numeric'; choose"),
    ("categorical: x", "psi-bins: 3", "3:6: 'psi-bins' of 'x' has no effect with 'categorical';"),
    ("psi-compat: churn-mlops", "psi-edges: [1]", "3:6: 'psi-edges' of 'x' has no effect with"),
  ]

  /// In one file it is a mistake; a flag wins over the file, and the override gives way.
  @Test(arguments: lists)
  func overridesAndLists(_ list: String, _ override: String, _ error: String) throws {
    let errors = try Configured("\(list)\noverrides:\n x: {\(override)}").errors()
    #expect(errors.count == 1 && errors[0].hasPrefix("drift.yaml:\(error)"), "\(errors)")
    let alone = try Configured("overrides:\n x: {\(override)}")
    let words = list.split(separator: ": ").map {
      String($0).trimmingCharacters(in: ["[", "]"])
    }
    let flags = try alone.options(twoFiles + ["--\(words[0])", words[1]])
    #expect(flags.overrides.allSatisfy { $0.places.isEmpty })
    #expect(
      try flags.configuration.excluded
        == options(["--\(words[0])", words[1]]).configuration.excluded)
    #expect(try flags.numeric == options(["--\(words[0])", words[1]]).numeric)
    let variable = "DRIFT_CHECK_" + words[0].uppercased().replacing("-", with: "_")
    #expect(
      try alone.options(twoFiles, [variable: words[1]]).overrides.allSatisfy(\.places.isEmpty))
  }

  @Test func sameKindTwiceIsNoContradiction() throws {
    let options = try Configured("numeric: [x]\noverrides: {x: {kind: numeric}}").options()
    #expect(options.numeric == ["x"] && options.overrides.count == 1)
  }

  /// Names are compared as bytes.
  @Test func namesThatLookAlikeAreTwo() throws {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    let options = try Configured(
      "exclude: [\(composed)]\noverrides: {\(decomposed): {psi-warn: 0.2}}"
    ).options()
    #expect(options.overrides.count == 1)
    #expect(
      try Configured("overrides: {\(composed): {}, \(decomposed): {}}").options().overrides.count
        == 2)
  }
}
