import DriftCheckCore
import DriftTestSupport
import Foundation
import Testing

@Suite struct ManualPageTests {
  /// Runs a program on the page.
  static func run(_ words: [String]) throws -> Outcome {
    let folder = try ScratchFolder()
    try folder.write(ManualPage.text, to: "drift-check.1")
    return try ChildProcess(
      words + [folder.path("drift-check.1")], in: folder.url,
      environment: [
        "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "100", "MANROFFSEQ": "",
        "HOME": folder.path("."),
      ]
    ).wait()
  }

  /// `drift-check --generate-man-page > fixtures/golden/drift-check.1` writes it anew.
  @Test func isTheGoldenPage() throws {
    let golden = try String(
      contentsOf: Project.fixture("golden/drift-check.1"), encoding: .utf8)
    let (lines, expected) = (
      ManualPage.text.components(separatedBy: "\n"), golden.components(separatedBy: "\n")
    )
    for (line, wanted) in zip(lines, expected) where line != wanted { #expect(line == wanted) }
    #expect(lines.count == expected.count)
  }

  @Test(arguments: [
    ["/usr/bin/man", "--warnings=w", "-E", "UTF-8", "-l"],
    ["/usr/bin/groff", "-man", "-Tutf8", "-ww", "-b"],
  ])
  func groffHasNothingToSay(_ words: [String]) throws {
    let outcome = try Self.run(words)
    #expect(outcome.exitCode == 0 && outcome.standardError.isEmpty, "\(outcome)")
    #expect(outcome.standardOutput.count > 8_000)
  }

  @Test func hasTheSectionsOfAManualPageInTheirOrder() {
    let headings = ManualPage.text.split(separator: "\n").filter { $0.hasPrefix(".SH ") }
    #expect(
      headings.map { $0.dropFirst(4) } == [
        "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT",
        "FILES", "EXAMPLES", "SEE ALSO",
      ])
  }

  /// What is read is what the help says, with nothing swallowed by the macros.
  @Test func everyWordOfTheHelpIsRead() throws {
    let outcome = try Self.run(["/usr/bin/groff", "-man", "-Tutf8", "-P-cbou", "-rHY=0"])
    func words(_ text: some StringProtocol) -> String {
      text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let page = words(outcome.outputText)
    for flag in CommandTable.current.flags {
      #expect(page.contains(words(flag.help)), "\(flag.spelling)")
      #expect(page.contains(flag.spelling + " "), "\(flag.spelling)")
    }
    for code in ExitCode.allCases { #expect(page.contains("\(code.rawValue)")) }
    // Quotes and dashes stay what they are typed as.
    #expect(page.contains("drift-check --baseline 'train/*.csv.gz' --current today/*.csv"))
    #expect(page.contains(#"jq -r '.features[] | select(.status == "FAIL").name'"#))
  }

  /// The program takes what the examples say.
  @Test func everyExampleParses() throws {
    let text = ManualPage.text.replacing("\\-", with: "-").replacing("\\(aq", with: "")
    let examples = text.components(separatedBy: ".nf\n").dropFirst()
      .compactMap { $0.components(separatedBy: ".fi\n").first }.joined().split(separator: "\n")
    var count = 0
    for example in examples {
      // After a pipe, if there is one.
      let words = example.split(separator: " ").map(String.init)
      guard let program = words.firstIndex(of: "drift-check") else { continue }
      _ = try ParsedCommand(Array(words[(program + 1)...]))
      count += 1
    }
    #expect(count == 5)
  }
}
