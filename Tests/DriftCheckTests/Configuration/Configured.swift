import DriftCheckCore
import DriftTestSupport
import Foundation
import Testing

/// A configuration file with a command line and variables, in a folder of its own.
struct Configured {
  private let folder: ScratchFolder
  private let name: String

  init(_ text: String, name: String = "drift.yaml") throws {
    try self.init(Data(text.utf8), name: name)
  }

  init(_ data: Data, name: String = "drift.yaml") throws {
    folder = try ScratchFolder()
    self.name = name
    try folder.write(data, to: name)
  }

  /// What the program would do.
  func parsed(_ arguments: [String] = twoFiles, _ environment: [String: String] = [:]) throws
    -> ParsedCommand
  {
    try ParsedCommand(
      arguments + ["--config", folder.path(name)], environment: Environment(environment))
  }

  /// The options that come of it.
  func options(_ arguments: [String] = twoFiles, _ environment: [String: String] = [:]) throws
    -> CheckOptions
  {
    guard case .run(let call) = try parsed(arguments, environment) else { throw NotACheck() }
    return call.options
  }

  /// The text of `--print-config`, the folder cut away.
  func printed(_ arguments: [String] = twoFiles, _ environment: [String: String] = [:]) throws
    -> String
  {
    guard case .configuration(let text) = try parsed(arguments + ["--print-config"], environment)
    else { throw NotACheck() }
    return text.replacing(folder.path(""), with: "")
  }

  /// The lines of the error, the folder cut away; none when there is no error.
  func errors(_ arguments: [String] = twoFiles, _ environment: [String: String] = [:]) throws
    -> [String]
  {
    do {
      _ = try parsed(arguments, environment)
      return []
    } catch let error as ConfigurationError {
      return error.lines.map { $0.replacing(folder.path(""), with: "") }
    }
  }
}
