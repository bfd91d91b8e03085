import Glibc

/// The text of an error number, such as "No such file or directory".
package func describe(errno number: Int32) -> String {
  // strerror keeps its text per thread since glibc 2.32.
  guard let text = strerror(number) else { return "error \(number)" }
  return String(cString: text)
}

extension CSVError {
  /// What a failed open or stat of an input means.
  package static func opening(_ name: String, errno number: Int32) -> CSVError {
    switch number {
    case ENOENT, ENOTDIR:
      CSVError(.inputMissing, file: name, "no such file; check the path")
    default:
      CSVError(
        .inputUnreadable, file: name,
        "cannot be opened: \(describe(errno: number)); check its permissions")
    }
  }

  /// A path that names a directory.
  static func directory(_ name: String) -> CSVError {
    CSVError(.inputIsDirectory, file: name, "is a directory; give a CSV file")
  }

  /// What a failed read means.
  package static func reading(_ name: String, errno number: Int32, byteOffset: Int) -> CSVError {
    CSVError(
      .ioError, file: name, byteOffset: byteOffset,
      "cannot be read at byte \(byteOffset): \(describe(errno: number))")
  }

  /// A file that another process writes to while it is read.
  static func changed(_ name: String) -> CSVError {
    CSVError(
      .inputChanged, file: name,
      "changed while it was read; run again when nothing writes to it")
  }
}
