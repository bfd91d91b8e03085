import DriftTestSupport
import Foundation
import Testing

/// Every shell command of the README and of the reference pages runs, with the exit code that the
/// page gives it: 0, or the one of a comment `# exits 2`.
///
/// They run in a folder with the checkout's fixtures and with the tables that recipes name. Programs
/// that need a server have stand-ins, see `Tests/Documentation/stand-ins`.
@Suite struct DocumentedCommandTests {
  struct Command: Sendable, CustomTestStringConvertible {
    let page: String
    /// The commands before it in its block, whose files it may need.
    let before: [String]
    let text: String

    var testDescription: String { "\(page): \(text)" }

    var exitCode: Int32 {
      get throws {
        guard let mark = text.firstMatch(of: /# exits ([0-9]+)/) else { return 0 }
        return try #require(Int32(mark.1))
      }
    }
  }

  static func commands() throws -> [Command] {
    try DocumentationPage.all().flatMap { page in
      page.blocks("sh").flatMap { block in
        let commands = block.commands.filter { !$0.hasPrefix("make ") }
        return commands.enumerated().map {
          Command(page: page.path, before: Array(commands[..<$0.offset]), text: $0.element)
        }
      }
    }
  }

  /// The tables of the recipes, and what they stand for.
  static let tables = [
    "training.csv": "baseline", "today.csv": "current", "days/2026-11-19.csv": "current",
    "days/2026-11-20.csv": "drifted", "days/2026-11-21.csv": "drifted",
  ]

  @Test func thereAreCommands() throws { #expect(try Self.commands().count > 20) }

  @Test(arguments: try commands())
  func commandRuns(_ command: Command) throws {
    let folder = try ScratchFolder()
    let files = FileManager.default
    func link(_ name: String, to target: String) throws {
      try files.createSymbolicLink(
        at: URL(filePath: folder.path(name)),
        withDestinationURL: Project.root.appending(path: target))
    }
    for name in ["fixtures", "k8s", ".build"] { try link(name, to: name) }
    try files.createDirectory(atPath: folder.path("days"), withIntermediateDirectories: true)
    for (name, table) in Self.tables {
      try files.copyItem(
        at: Project.root.appending(path: "fixtures/jukebox/\(table).csv"),
        to: URL(filePath: folder.path(name)))
    }

    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", (command.before + [command.text]).joined(separator: "\n")]
    let folders = ["Tests/Documentation/stand-ins", ".build/release"].map {
      Project.root.appending(path: $0).path
    }
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = (folders + [environment["PATH"] ?? ""]).joined(separator: ":")
    environment["HOME"] = folder.path("home")
    process.environment = environment
    process.currentDirectoryURL = URL(filePath: folder.path(""))
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/null")
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == (try command.exitCode))
  }

  @Test(arguments: try DocumentationPage.all())
  func makeTargetsExist(_ page: DocumentationPage) throws {
    let makefile = try String(
      contentsOf: Project.root.appending(path: "Makefile"), encoding: .utf8)
    let shown = page.blocks("sh").flatMap(\.lines).filter { $0.hasPrefix("make ") }
      .map { $0.split(separator: " ")[1] }
    let named = page.text.matches(of: /`make ([a-z0-9-]+)/).map(\.1)
    for target in shown + named { #expect(makefile.contains("\n\(target):"), "\(target)") }
  }
}
