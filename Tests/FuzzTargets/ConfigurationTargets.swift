internal import DriftCheckCore
import Glibc

extension FuzzTarget {
  /// Configurations in YAML.
  static let yaml = FuzzTarget(name: "yaml", mostBytes: 1024) { input in
    try ConfigurationTrial(ending: "yaml").run(input)
  }

  /// Configurations in JSON.
  static let json = FuzzTarget(name: "json", mostBytes: 1024) { input in
    try ConfigurationTrial(ending: "json").run(input)
  }
}

/// Reads a configuration, prints it, and reads what was printed.
private struct ConfigurationTrial {
  private let path: String
  private let printed: String

  /// Files in memory: the kind of a configuration is in its name.
  init(ending: String) {
    path = "/dev/shm/drift-fuzz-\(getpid()).\(ending)"
    printed = "/dev/shm/drift-fuzz-\(getpid())-printed.yaml"
  }

  func run(_ input: [UInt8]) throws {
    defer {
      unlink(path)
      unlink(printed)
    }
    try Self.write(input, to: path)
    guard let first = try text(of: path) else {
      // Where nothing can be printed nothing can be checked.
      try FuzzViolation.require(
        try parse(["--baseline", "a", "--current", "b", "--config", path]) == nil,
        "a configuration that is refused is taken for a check")
      return
    }
    _ = try parse(["--baseline", "a", "--current", "b", "--config", path])
    try PlainCheck.run(first, "a printed configuration", lines: true)
    try Self.write(Array(first.utf8), to: printed)
    guard let second = try text(of: printed) else {
      throw FuzzViolation("a printed configuration is refused: \(first)")
    }
    // Only the comments name the file.
    try FuzzViolation.require(
      Self.settings(first) == Self.settings(second), "printed: \(first)\nand again: \(second)")
  }

  /// The configuration in force, printed; nil when it is refused.
  private func text(of path: String) throws -> String? {
    guard case .configuration(let text)? = try parse(["--print-config", "--config", path]) else {
      return nil
    }
    return text
  }

  private func parse(_ arguments: [String]) throws -> ParsedCommand? {
    do {
      return try ParsedCommand(arguments, environment: Environment([:]))
    } catch let error as ConfigurationError {
      try PlainCheck.run(error.description, "an error of the configuration", lines: true)
    } catch let error as UsageError {
      try PlainCheck.run(error.rendered, "an error of usage", lines: true)
    }
    return nil
  }

  private static func settings(_ text: String) -> [Substring] {
    text.split(separator: "\n").compactMap { line in
      let setting = line.prefix { $0 != "#" }
      return setting.isEmpty ? nil : setting
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FuzzViolation("cannot write \(path)") }
    defer { close(descriptor) }
    try FuzzViolation.require(
      Glibc.write(descriptor, bytes, bytes.count) == bytes.count, "cannot write \(path)")
  }
}
