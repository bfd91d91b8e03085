import Glibc

/// The file that becomes an output once it is whole.
enum TemporaryFile {
  /// Creates `.NAME.PID.tmp` beside `file`, or `.NAME.PID.N.tmp` when that is taken.
  ///
  /// In a container every process may have the id 1: a run that was killed leaves a file of the
  /// same name, and another container on the same volume may be writing one right now. What is
  /// older than an hour is taken as left behind.
  /// - Parameters:
  ///   - file: The file that it is to become.
  ///   - path: The path that an error names.
  /// - Returns: The open descriptor and the path.
  /// - Throws: `OutputError`.
  static func create(
    beside file: String, _ path: String
  ) throws(OutputError) -> (descriptor: Int32, path: String) {
    var number = 0
    while true {
      let candidate = self.path(beside: file, number: number)
      let descriptor = Descriptor.open(candidate, O_WRONLY | O_CREAT | O_EXCL)
      if descriptor >= 0 { return (descriptor, candidate) }
      guard descriptor == -EEXIST, number < 100 else { throw .creating(path, -descriptor) }
      if isStale(candidate), unlink(candidate) == 0 { continue }
      number += 1
    }
  }

  /// The temporary file's path.
  static func path(beside file: String, number: Int = 0) -> String {
    let suffix = number == 0 ? ".\(getpid()).tmp" : ".\(getpid()).\(number).tmp"
    var name = OutputTarget.name(of: file)
    // The name with all its additions must still be one that the file system takes.
    while name.utf8.count + suffix.utf8.count + 1 > Int(NAME_MAX) {
      name.unicodeScalars.removeLast()
    }
    return OutputTarget.folder(of: file) + "/." + name + suffix
  }

  private static func isStale(_ path: String) -> Bool {
    var info = stat()
    guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return false }
    return time(nil) - info.st_mtim.tv_sec > 3_600
  }
}
