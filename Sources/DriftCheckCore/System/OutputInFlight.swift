import Glibc
import Synchronization

/// Where the writing of an output stands, shared with the thread that waits for signals.
///
/// `main` makes one and hands it to `AtomicFile` and to `Signals`. The lock is held while the
/// temporary file is created and while it is renamed, never while it is written: at any moment
/// there is either nothing, a temporary file whose name is known here, or the whole output.
package final class OutputInFlight: Sendable {
  private struct State {
    var temporary: String? {
      didSet { if isOfProcess { CrashHandler.noteTemporary(temporary) } }
    }
    var isWritten = false {
      didSet { if isOfProcess, isWritten { CrashHandler.noteWritten() } }
    }
    let isOfProcess: Bool

    mutating func removeTemporary() {
      if let temporary { unlink(temporary) }
      temporary = nil
    }
  }

  private let state: Mutex<State>

  /// Nothing in flight.
  /// - Parameter isOfProcess: Whether an end by an emergency is to remove the temporary file too.
  package init(isOfProcess: Bool = false) {
    state = Mutex(State(isOfProcess: isOfProcess))
  }

  /// Whether an output was written.
  package var isWritten: Bool {
    state.withLock { $0.isWritten }
  }

  /// Creates the temporary file by means of `create` and keeps its path.
  /// - Returns: What `create` returned.
  /// - Throws: What `create` threw.
  func begin(
    _ create: () throws(OutputError) -> (descriptor: Int32, path: String)
  ) throws(OutputError) -> (descriptor: Int32, path: String) {
    try state.withLock { state throws(OutputError) in
      let created = try create()
      state.temporary = created.path
      return created
    }
  }

  /// Gives the temporary file its name, or removes it when that fails.
  /// - Returns: 0, or the `errno` value.
  func publish(as path: String) -> Int32 {
    state.withLock { state in
      guard let temporary = state.temporary else { return ENOENT }
      guard rename(temporary, path) == 0 else {
        let code = errno
        state.removeTemporary()
        return code
      }
      state.temporary = nil
      state.isWritten = true
      return 0
    }
  }

  /// Notes that an output was written without a temporary file.
  func noteWritten() {
    state.withLock { $0.isWritten = true }
  }

  /// Removes the temporary file.
  func abandon() {
    state.withLock { $0.removeTemporary() }
  }

  /// Removes the temporary file and ends the process.
  /// - Parameter end: Ends the process; gets whether an output was written. The lock is held, so
  ///   nothing can be published any more.
  func abandon(andEnd end: (_ wasWritten: Bool) -> Never) -> Never {
    state.withLock { state in
      state.removeTemporary()
      end(state.isWritten)
    }
  }
}
