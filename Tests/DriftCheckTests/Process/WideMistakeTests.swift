import DriftCheckCore
import DriftKit
import DriftTestSupport
import Foundation
import Testing

/// Very many columns, and mistakes about them, take no more than a moment.
@Suite struct WideMistakeTests {
  private static let names = (0..<100_000).map { "column_\($0)_of_a_wide_table" }

  /// Names are compared letter by letter only as long as that takes no time: counted in steps.
  @Test func stepsAreBounded() {
    let suggested = SuggestedNames(Self.names)
    var work = 0
    for number in 0..<20 {
      _ = suggested.nearest(to: "colum_\(number * 4_999)_off_some_wide_table", work: &work)
    }
    #expect(work < SuggestedNames.mostSteps + 10_000)
    // Nothing is guessed any more, and nothing is looked at.
    let (a, b) = (String(repeating: "a", count: 50), String(repeating: "b", count: 50))
    let all = SuggestedNames([String](repeating: a + b, count: 40_000))
    work = 0
    for _ in 0..<20 { _ = all.nearest(to: b + a, work: &work) }
    #expect(work >= SuggestedNames.mostSteps && work < SuggestedNames.mostSteps + 50_000)
  }

  /// The guess is the first of the nearest names, or the only one of which the text is a part.
  @Test func guesses() {
    let names = ["tempo", "tempi", "loudness", "LOUD", "danceability", "Speechiness", "x"]
    func guess(_ text: String) -> String? {
      var work = 0
      return SuggestedNames(names).nearest(to: text, work: &work)
    }
    #expect(guess("tempa") == "tempo")
    #expect(guess("Tempi") == "tempi")
    #expect(guess("tmepo") == "tempo")
    #expect(guess("danceabilty") == "danceability")
    #expect(guess("dance") == "danceability")
    #expect(guess("speechines") == "Speechiness")
    #expect(guess("ness") == nil)
    #expect(guess("loud") == "LOUD")
    #expect(guess("qqqqqq") == nil)
    #expect(guess("x") == nil)
  }

  /// Overrides of 20 columns that are not there, and a profile of 20,000 columns whose kinds are looked
  /// up for each of as many columns: 22 s and more before.
  @Test func wideTables() throws {
    let folder = try ScratchFolder()
    let names = Self.names.prefix(20_000)
    let header = names.joined(separator: ",") + "\n"
    let row = names.map { _ in "1" }.joined(separator: ",") + "\n"
    try folder.write(header + row + row, to: "wide.csv")
    let overrides = (0..<25).map { "  colum_\($0 * 799)_off_a_wide_table: {psi-fail: 0.5}\n" }
    try folder.write("overrides:\n" + overrides.joined(), to: "c.yaml")
    let start = ContinuousClock.now
    let refused = try DriftCheckBinary.run(
      ["--config", "c.yaml", "--baseline", "wide.csv", "--current", "wide.csv", "--no-mmd"],
      in: folder.url)
    #expect(refused.exitCode == 78, "\(refused)")
    #expect(refused.errorLines.count == 21)
    #expect(refused.errorText.contains("did you mean 'column_0_of_a_wide_table'?"))
    #expect(refused.errorText.contains("5 more mistakes like these"))
    try DriftCheckBinary.run(
      ["profile", "wide.csv", "--output", "one.profile", "--no-rows", "--quiet"], folder)
    try DriftCheckBinary.run(
      [
        "profile", "wide.csv", "--output", "two.profile", "--no-rows", "--quiet", "--edges-from",
        "one.profile",
      ], folder)
    #expect(ContinuousClock.now - start < .seconds(30))
  }
}
