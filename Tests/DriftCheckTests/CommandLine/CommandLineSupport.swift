import DriftCheckCore

/// The two flags that every check needs.
let twoFiles = ["--baseline", "a.csv", "--current", "b.csv"]

/// The options that `twoFiles` and `arguments` give.
func options(_ arguments: [String]) throws -> CheckOptions {
  guard
    case .run(let call) = try ParsedCommand(
      twoFiles + arguments, environment: Environment([:])), call.command == Check.self
  else { throw NotACheck() }
  return call.options
}

/// The check that `twoFiles` and `arguments` ask for.
func checking(_ arguments: [String]) throws -> ParsedCommand {
  .run(CommandCall(Check.self, try options(arguments)))
}

/// The error that a command line gives; nil when it gives none.
func usageError(_ arguments: [String]) -> UsageError? {
  do {
    _ = try ParsedCommand(arguments, environment: Environment([:]))
    return nil
  } catch {
    return error as? UsageError
  }
}

struct NotACheck: Error {}
