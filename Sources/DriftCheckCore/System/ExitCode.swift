/// How the program ends. Nothing but drift ends with 2.
package enum ExitCode: Int32, Sendable, Hashable, CaseIterable {
  /// Checked: OK or WARN.
  case success = 0
  /// Checked: the status that `--fail-on` names was reached.
  case drift = 2
  /// Wrong usage.
  case usage = 64
  /// Bad input data.
  case data = 65
  /// An input is missing or unreadable.
  case noInput = 66
  /// A bug in this program.
  case software = 70
  /// The report cannot be created.
  case cannotCreate = 73
  /// An input or output error, or not enough memory: what may pass.
  case ioError = 74
  /// A failure that may pass: try again.
  case temporaryFailure = 75
  /// A bad configuration file.
  case configuration = 78
  /// The terminal went away (SIGHUP).
  case hangUp = 129
  /// Interrupted (SIGINT).
  case interrupted = 130
  /// Terminated (SIGTERM).
  case terminated = 143
}
