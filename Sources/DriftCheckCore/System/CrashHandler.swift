internal import CProcess

/// The end of a process that crashes, as it does when the Swift runtime gets no memory: no temporary
/// file is left, a message is, and the exit code says what it was.
package enum CrashHandler {
  /// Takes over. Only for a program that owns its process, as its first step.
  package static func install() { drift_crash_handler_install() }

  /// Lets it know which file to remove; nil for none.
  static func noteTemporary(_ path: String?) {
    if let path {
      path.withCString { drift_crash_note_temporary($0) }
    } else {
      drift_crash_note_temporary(nil)
    }
  }

  /// Lets it know that an output was written.
  static func noteWritten() { drift_crash_note_written() }

  /// Lets it know where and how messages are written.
  static func noteLog(_ format: TextFormat, terminationLog: String?) {
    let isJSON: Int32 = format == .json ? 1 : 0
    if let path = terminationLog {
      path.withCString { drift_crash_note_log(isJSON, $0) }
    } else {
      drift_crash_note_log(isJSON, nil)
    }
  }
}
