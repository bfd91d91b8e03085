public import Foundation

/// The program as it was built, run as a process of its own.
public enum DriftCheckBinary {
  /// Where it is: `DRIFT_CHECK_BINARY`, else in the release build below the top of the checkout.
  public static let path: String =
    ProcessInfo.processInfo.environment["DRIFT_CHECK_BINARY"]
    ?? Project.root.appending(path: ".build/release/drift-check").path(percentEncoded: false)

  /// The variables that every run gets, so that it is the same everywhere.
  public static let environment = [
    "SOURCE_DATE_EPOCH": "0", "COLUMNS": "80", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
  ]

  /// Starts it.
  ///
  /// - Parameters:
  ///   - arguments: Its arguments.
  ///   - folder: The folder to run it in.
  ///   - environment: More variables.
  ///   - wrapper: The words before the program's path: something that runs it.
  ///   - binary: Another copy of it.
  ///   - standardInput: The file for standard input.
  ///   - standardOutput: Where standard output goes.
  ///   - standardError: Where standard error goes.
  /// - Returns: The process.
  /// - Throws: `POSIXError` when it cannot be started.
  public static func start(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    wrapper: [String] = [], binary: String = path, standardInput: String = "/dev/null",
    standardOutput: ChildProcess.Output = .captured,
    standardError: ChildProcess.Output = .captured
  ) throws -> ChildProcess {
    try ChildProcess(
      wrapper + [binary] + arguments, in: folder,
      environment: Self.environment.merging(environment) { $1 },
      standardInput: standardInput, standardOutput: standardOutput, standardError: standardError)
  }

  /// Runs it to its end, for at most 60 seconds. The parameters are those of `start`.
  public static func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    wrapper: [String] = [], binary: String = path, standardInput: String = "/dev/null",
    standardOutput: ChildProcess.Output = .captured,
    standardError: ChildProcess.Output = .captured
  ) throws -> Outcome {
    try start(
      arguments, in: folder, environment: environment, wrapper: wrapper, binary: binary,
      standardInput: standardInput, standardOutput: standardOutput, standardError: standardError
    ).wait()
  }

  /// The words that run a shell script in which `"$@"` is the program with its arguments.
  public static func shell(_ script: String) -> [String] {
    ["/bin/bash", "-c", script, "bash"]
  }
}

/// What this machine lets a test do.
public enum Capability {
  /// Whether a command can be run and succeeds.
  public static func succeeds(_ words: [String]) -> Bool {
    let folder = FileManager.default.temporaryDirectory
    let child = try? ChildProcess(
      words, in: folder, environment: DriftCheckBinary.environment)
    return child?.wait(atMost: 10).exitCode == 0
  }
}
