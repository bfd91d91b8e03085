import DriftCheckCore

/// The two flags that every check needs.
let twoFiles = ["--baseline", "a.csv", "--current", "b.csv"]

/// The options that `twoFiles` and `arguments` give.
func options(_ arguments: [String]) throws -> CheckOptions {
  guard case .check(let options) = try ParsedCommand(twoFiles + arguments) else {
    throw NotACheck()
  }
  return options
}

/// The error that a command line gives; nil when it gives none.
func usageError(_ arguments: [String]) -> UsageError? {
  do throws(UsageError) {
    _ = try ParsedCommand(arguments)
    return nil
  } catch {
    return error
  }
}

struct NotACheck: Error {}
