public import Foundation
import Glibc

/// A process that was started and can be waited for.
///
/// Its output goes to unlinked files, so that no pipe can fill up, and can be read at any time.
/// It is the leader of a process group, all of which is killed when it takes too long.
public final class ChildProcess: Sendable {
  /// Where standard output goes.
  public enum Output: Sendable {
    /// To where `standardOutput()` reads it.
    case captured
    /// To a pipe whose reader has gone before the process began.
    case brokenPipe
    /// To a terminal.
    case terminal(PseudoTerminal)
  }

  /// Its process id.
  public let id: pid_t
  private let output: FileHandle
  private let error: FileHandle

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - words: The path of the program, then its arguments.
  ///   - folder: The folder to run it in.
  ///   - environment: All the variables it gets.
  ///   - standardInput: The file for standard input.
  ///   - standardOutput: Where standard output goes.
  ///   - standardError: Where standard error goes: captured, or to a terminal.
  /// - Throws: `POSIXError` when it cannot be started.
  public init(
    _ words: [String], in folder: URL, environment: [String: String],
    standardInput: String = "/dev/null", standardOutput: Output = .captured,
    standardError: Output = .captured
  ) throws {
    output = try Self.unlinkedFile()
    error = try Self.unlinkedFile()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, standardInput, O_RDONLY, 0)
    var pipe: Pipe?
    if case .brokenPipe = standardOutput { pipe = Pipe() }
    try pipe?.fileHandleForReading.close()
    for (number, stream, file) in [(1, standardOutput, output), (2, standardError, error)] {
      let target = number == 1 ? pipe?.fileHandleForWriting ?? file : file
      if case .terminal(let terminal) = stream {
        posix_spawn_file_actions_addopen(
          &actions, Int32(number), terminal.path, O_RDWR | O_NOCTTY, 0)
      } else {
        posix_spawn_file_actions_adddup2(&actions, target.fileDescriptor, Int32(number))
      }
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Whatever this process blocks or ignores, the child starts like one of a shell.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
    posix_spawnattr_setflags(&attributes, Int16(flags))

    // env changes the folder and becomes the program; the id stays.
    let words = ["/usr/bin/env", "-C", folder.path(percentEncoded: false)] + words
    var arguments = words.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var id: pid_t = 0
    let code = posix_spawn(&id, words[0], &actions, &attributes, &arguments, &variables)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
    self.id = id
  }

  /// Sends it a signal.
  public func send(_ signal: Int32) {
    kill(id, signal)
  }

  /// What it has written to standard output so far.
  public func standardOutput() -> Data { Self.contents(output) }

  /// What it has written to standard error so far.
  public func standardError() -> Data { Self.contents(error) }

  /// Waits for its end.
  /// - Parameter seconds: After so long it and its children are killed.
  /// - Returns: How it ended, and all it has written.
  public func wait(atMost seconds: Double = 60) -> Outcome {
    let start = ContinuousClock.now
    var status: Int32 = 0
    var timedOut = false
    while waitpid(id, &status, WNOHANG) == 0 {
      if ContinuousClock.now - start > .seconds(seconds) {
        timedOut = true
        kill(-id, SIGKILL)
        waitpid(id, &status, 0)
        break
      }
      usleep(1_000)
    }
    let signal = status & 0x7F
    return Outcome(
      exitCode: signal == 0 ? (status >> 8) & 0xFF : nil, signal: signal == 0 ? nil : signal,
      timedOut: timedOut, seconds: (ContinuousClock.now - start) / .seconds(1),
      standardOutput: standardOutput(), standardError: standardError())
  }

  private static func unlinkedFile() throws -> FileHandle {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "drift-check-stream-\(UUID().uuidString)").path(percentEncoded: false)
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    unlink(path)
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Everything in a file, without moving the place where its writer is.
  private static func contents(_ file: FileHandle) -> Data {
    var info = stat()
    guard fstat(file.fileDescriptor, &info) == 0 else { return Data() }
    var bytes = [UInt8](repeating: 0, count: Int(info.st_size))
    let count = pread(file.fileDescriptor, &bytes, bytes.count, 0)
    return Data(bytes.prefix(max(0, count)))
  }
}

/// How a process ended and what it had written by then.
public struct Outcome: Sendable, CustomStringConvertible {
  /// The exit code; nil when a signal ended it.
  public let exitCode: Int32?
  /// The signal that ended it.
  public let signal: Int32?
  /// Whether it was killed because it took too long.
  public let timedOut: Bool
  /// How long the waiting took.
  public let seconds: Double
  /// All of standard output.
  public let standardOutput: Data
  /// All of standard error.
  public let standardError: Data

  /// Standard output as text.
  public var outputText: String { String(decoding: standardOutput, as: UTF8.self) }
  /// Standard error as text.
  public var errorText: String { String(decoding: standardError, as: UTF8.self) }
  /// The lines of standard error.
  public var errorLines: [Substring] { errorText.split(separator: "\n") }

  /// The end and the beginning of both streams.
  public var description: String {
    let end =
      timedOut
      ? "killed after a time-out" : exitCode.map { "exit code \($0)" } ?? "signal \(signal ?? 0)"
    return "\(end)\nstandard output: \(outputText.prefix(2_000))\n"
      + "standard error: \(errorText.prefix(2_000))"
  }
}
