internal import CProcess

/// The end of a process that has no memory left, or a signal and no thread that waits for it: one
/// line, an exit code, and no temporary file.
enum Emergency {
  /// Says in what form and where else such an end is told.
  static func prepare(_ options: CheckOptions) {
    drift_emergency_log_json(options.logFormat == .json ? 1 : 0)
    if let path = options.terminationLog { drift_emergency_termination_log(path) }
  }

  /// Says which file is to go then.
  static func setTemporaryFile(_ path: String?) {
    drift_emergency_temporary_file(path)
  }
}
