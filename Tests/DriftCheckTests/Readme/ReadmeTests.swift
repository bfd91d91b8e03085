import DriftCheckCore
import DriftTestSupport
import Foundation
import Testing

/// What the README and the reference pages say holds.
@Suite struct ReadmeTests {
  @Test func theReadmeIsShort() throws {
    let lines = try DocumentationPage("README.md").text.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 151, "150 lines, and the end of the last one")
  }

  @Test func configurationIsTaken() throws {
    let block = try #require(DocumentationPage(article: "Configuration").blocks("yaml").first)
    let folder = try ScratchFolder()
    try folder.write(block.lines.joined(separator: "\n"), to: "drift.yaml")
    let outcome = try DriftCheckBinary.run(
      [
        "--config", folder.path("drift.yaml"), "--current", "fixtures/jukebox/current.csv",
        "--output", folder.path("report.json"), "--no-mmd",
      ], in: Project.root)
    #expect(outcome.exitCode == 0, "\(outcome)")
    let report = try OrderedJSON(folder.read("report.json"))
    #expect(report.at("features/@tempo/psi/bins")?.elements.count == 4)
    #expect(report.at("features/@loudness/psi/bins")?.elements.count == 5)
    #expect(report.at("features/@genre") == nil)
  }

  @Test func theMainTargetsAreShown() throws {
    let targets = try DocumentationPage("README.md").blocks("sh").flatMap(\.lines)
      .filter { $0.hasPrefix("make ") }.map { $0.split(separator: " ")[1] }
    #expect(targets == ["demo", "build", "test"])
  }

  @Test func snippetsAreCompiledAndRunByTheServiceClient() throws {
    let path = "Tests/ServiceClient/Sources/ServiceClient/Snippets.swift"
    let source = try String(contentsOf: Project.root.appending(path: path), encoding: .utf8)
    func flat(_ lines: [String]) -> String {
      lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
    let compiled = flat(source.components(separatedBy: "\n"))
    let snippets = try DocumentationPage("README.md").blocks("swift")
    #expect(snippets.count == 1)
    for snippet in snippets { #expect(compiled.contains(flat(snippet.lines))) }
  }

  @Test func everyFlagAndExitCodeIsNamed() throws {
    let text = try DocumentationPage(article: "CommandLine").text
    for flag in CommandTable.current.flags {
      #expect(text.contains("`\(flag.spelling)`"), "\(flag.spelling)")
    }
    let codes = text.matches(of: /\n\| [*]*([0-9, ]+?)[*]* \|/).flatMap {
      $0.1.split(separator: ",").compactMap { Int32($0.trimmingCharacters(in: .whitespaces)) }
    }
    #expect(Set(codes) == Set(ExitCode.allCases.map(\.rawValue)))
  }

  @Test func outputIsWhatTheProgramPrints() throws {
    let block = try #require(DocumentationPage("README.md").blocks("text").first)
    let shown = block.lines.filter { $0 != "..." && !$0.isEmpty }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = Project.root.appending(path: ".build/release/drift-check")
    process.currentDirectoryURL = Project.root
    process.arguments = [
      "--baseline", "fixtures/jukebox/baseline.csv", "--current", "fixtures/jukebox/drifted.csv",
      "--output", "/dev/null",
    ]
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let printed = output.components(separatedBy: "\n")
    #expect(shown.count > 5)
    for line in shown { #expect(printed.contains(line), "\(line)") }
  }
}
