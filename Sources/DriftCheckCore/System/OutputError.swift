internal import DriftReport
import Glibc
internal import Tabular

/// An output that cannot be created or written.
package struct OutputError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What failed.
  package enum Code: Sendable, Hashable {
    /// The output cannot be created: `ExitCode.cannotCreate`.
    case cannotCreate
    /// It was there but could not be written: `ExitCode.ioError`.
    case ioError
  }

  /// What failed.
  package let code: Code
  /// The path, or a name such as "standard output".
  package let path: String
  /// The `errno` value.
  package let errorNumber: Int32
  /// What to do about it.
  let hint: String

  /// The exit code that belongs to it.
  package var exitCode: ExitCode { code == .cannotCreate ? .cannotCreate : .ioError }

  /// What was attempted, what the kernel said, and what to do, on one line.
  package var description: String {
    let verb = code == .cannotCreate ? "create" : "write"
    let shown = PlainText.neutralised(path)
    return "cannot \(verb) '\(shown)': \(describe(errno: errorNumber)); \(hint)"
  }

  /// An error of a call that creates or opens.
  static func creating(_ path: String, _ errorNumber: Int32) -> OutputError {
    // A full disk or too many open files say nothing against the path.
    let passing = [ENOSPC, EDQUOT, EIO, EMFILE, ENFILE, EFBIG, ENOMEM]
    return OutputError(
      code: passing.contains(errorNumber) ? .ioError : .cannotCreate, path: path,
      errorNumber: errorNumber, hint: hint(errorNumber))
  }

  /// An error of a call that writes, syncs or closes.
  static func writing(_ path: String, _ errorNumber: Int32) -> OutputError {
    OutputError(
      code: .ioError, path: path, errorNumber: errorNumber, hint: hint(errorNumber))
  }

  private static func hint(_ errorNumber: Int32) -> String {
    switch errorNumber {
    case EACCES, EPERM: "make the folder writable for this user or choose another path"
    case EROFS: "mount a writable folder or choose another path"
    case EISDIR: "name a file, not a folder"
    case ENOTDIR: "every part of the path but the last must be a folder"
    case ENAMETOOLONG: "choose a shorter name"
    case ELOOP: "the symbolic links lead in a circle; choose another path"
    case ENOSPC, EDQUOT: "free some space or choose another path"
    case EFBIG: "raise the limit on the size of files (ulimit -f)"
    case EPIPE: "the reader has gone"
    default: "check the path and its file system"
    }
  }
}
