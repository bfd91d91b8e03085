import DriftCheckCore
import Foundation
import Testing

@Suite struct CompletionTests {
  /// Where a shell is, if it is installed.
  static func path(_ shell: CompletionShell) -> String? {
    ["/bin/", "/usr/bin/", "/usr/local/bin/"].map { $0 + shell.rawValue }
      .first(where: FileManager.default.isExecutableFile(atPath:))
  }

  static func run(_ program: String, _ arguments: [String], in folder: URL? = nil) throws -> (
    status: Int32, output: String
  ) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test(arguments: CompletionShell.allCases.filter { path($0) != nil })
  func theShellTakesTheScript(_ shell: CompletionShell) throws {
    let shellPath = try #require(Self.path(shell))
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "script")
      try Data(shell.script().utf8).write(to: file)
      let result = try Self.run(shellPath, ["-n", file.path])
      #expect(result.status == 0)
      #expect(result.output == "")
    }
  }

  /// The words on the line, the last being completed, and what bash offers.
  @Test(
    arguments: [
      (["--psi-b"], ["--psi-bins", "--psi-binning"]),
      (["--format", ""], ["text", "json"]),
      (["--format", "="], ["text", "json"]),
      (["--format", "=", "j"], ["json"]),
      (["--color", "a"], ["auto", "always"]),
      (["--generate-completion-script", ""], ["bash", "zsh", "fish"]),
      (["--generate-completion-script", "--vers"], ["--version"]),
      ([""], ["check", "merge", "mmd-shard", "profile"]),
      (["check", "--baseline", "o"], ["one two.csv", "one.csv"]),
      (["--baseline", "x", "one."], ["one.csv"]),
      (["--baseline", "x", "--cur"], ["--current"]),
      (["--baseline", "x", "--alpha", "0.1", "o"], []),
      (["--quiet", "o"], []),
      (["--alpha", ""], []),
      (["--output", "t"], ["two.csv"]),
      (["--mmd-sums", "x", "t"], ["two.csv"]),
      (["mmd-shard", "--baseline", "t"], ["two.csv"]),
      (["--html", "t"], ["two.csv"]),
      (["--ht"], ["--html"]),
    ] as [([String], [String])])
  func bashOffers(_ words: [String], _ expected: [String]) throws {
    let bash = try #require(Self.path(.bash))
    try withTemporaryFolder { folder in
      for name in ["one.csv", "two.csv", "one two.csv"] {
        try Data().write(to: folder.appending(path: name))
      }
      let script = folder.appending(path: "a script")
      try Data(CompletionShell.bash.script().utf8).write(to: script)
      let query = """
        source "$1"; shift
        COMP_WORDS=(drift-check "$@"); COMP_CWORD=$#
        _drift_check
        for word in "${COMPREPLY[@]}"; do echo "$word"; done
        """
      let result = try Self.run(bash, ["-c", query, "bash", script.path] + words, in: folder)
      let offered = result.output.split(separator: "\n").map(String.init)
      #expect(offered.sorted() == expected.sorted())
      #expect(result.status == 0)
    }
  }
}
