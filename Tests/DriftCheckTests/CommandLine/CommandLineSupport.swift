import DriftCheckCore

/// The two flags that every check needs.
let twoFiles = ["--baseline", "a.csv", "--current", "b.csv"]

/// The options that `twoFiles` and `arguments` give.
func options(_ arguments: [String]) throws -> CheckOptions {
  guard
    case .check(let options) = try ParsedCommand(
      twoFiles + arguments, environment: Environment([:]))
  else { throw NotACheck() }
  return options
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
