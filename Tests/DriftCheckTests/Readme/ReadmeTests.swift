import DriftCheckCore
import DriftTestSupport
import Foundation
import Testing

/// Every command and snippet of the README holds.
@Suite struct ReadmeTests {
  struct Block: Sendable {
    let language: String
    let lines: [String]
  }

  static func text() throws -> String {
    try String(contentsOf: Project.root.appending(path: "README.md"), encoding: .utf8)
  }

  static func blocks(_ language: String) throws -> [Block] {
    var blocks: [Block] = []
    var open: (language: String, lines: [String])?
    for line in try text().components(separatedBy: "\n") {
      guard line.hasPrefix("```") else {
        open?.lines.append(line)
        continue
      }
      if let block = open {
        blocks.append(Block(language: block.language, lines: block.lines))
        open = nil
      } else {
        open = (String(line.dropFirst(3)), [])
      }
    }
    return blocks.filter { $0.language == language }
  }

  static func commands() throws -> [String] { try blocks("sh").flatMap(\.lines) }

  /// Commands with those before them in their block, whose files they may need.
  static func commandsInOrder() throws -> [(before: [String], command: String)] {
    try blocks("sh").flatMap { block in
      let commands = block.lines.filter { !$0.hasPrefix("make ") }
      return commands.enumerated().map { (Array(commands[..<$0.offset]), $0.element) }
    }
  }

  @Test(arguments: try commandsInOrder())
  func commandRuns(_ before: [String], _ command: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "fixtures"),
      withDestinationURL: Project.root.appending(path: "fixtures"))
    let binaries = Project.root.appending(path: ".build/release").path
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [
      "-c", "PATH='\(binaries)':$PATH; \((before + [command]).joined(separator: "\n"))",
    ]
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/null")
    try process.run()
    process.waitUntilExit()
    let expected: Int32 = command.hasSuffix("# exits 2") ? 2 : 0
    #expect(process.terminationReason == .exit && process.terminationStatus == expected)
  }

  @Test func configurationIsTaken() throws {
    let block = try #require(Self.blocks("yaml").first)
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

  @Test func makeTargetsExist() throws {
    let makefile = try String(
      contentsOf: Project.root.appending(path: "Makefile"), encoding: .utf8)
    let targets = try Self.commands().filter { $0.hasPrefix("make ") }
      .map { $0.split(separator: " ")[1] }
    #expect(targets == ["demo", "test"])
    for target in targets + ["calibrate"] { #expect(makefile.contains("\n\(target):")) }
  }

  @Test func snippetsAreCompiledAndRunByTheServiceClient() throws {
    let path = "Tests/ServiceClient/Sources/ServiceClient/Snippets.swift"
    let source = try String(contentsOf: Project.root.appending(path: path), encoding: .utf8)
    func flat(_ lines: [String]) -> String {
      lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
    }
    let compiled = flat(source.components(separatedBy: "\n"))
    let snippets = try Self.blocks("swift")
    #expect(snippets.count == 2)
    for snippet in snippets { #expect(compiled.contains(flat(snippet.lines))) }
  }

  @Test func everyFlagAndExitCodeIsNamed() throws {
    let text = try Self.text()
    for flag in CommandTable.current.flags {
      #expect(text.contains("`\(flag.spelling)`"), "\(flag.spelling)")
    }
    let codes = text.matches(of: /\n\| [*]*([0-9, ]+?)[*]* \|/).flatMap {
      $0.1.split(separator: ",").compactMap { Int32($0.trimmingCharacters(in: .whitespaces)) }
    }
    #expect(Set(codes) == Set(ExitCode.allCases.map(\.rawValue)))
  }

  @Test func outputIsWhatTheProgramPrints() throws {
    let shown = try #require(Self.blocks("text").first).lines.filter { $0 != "..." && !$0.isEmpty }
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
    for line in shown { #expect(printed.contains(line), "\(line)") }
  }
}
