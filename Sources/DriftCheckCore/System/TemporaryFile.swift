import Glibc

/// The file that becomes an output once it is whole.
enum TemporaryFile {
  /// Creates `.NAME.PID.tmp` beside `file`, or `.NAME.PID.N.tmp` when that is taken.
  ///
  /// In a container every process may have the id 1: a run that was killed leaves a file of the
  /// same name, and another container on the same volume may be writing one right now. Whoever
  /// writes one holds a lock on it; see `LeftFiles`.
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
      if descriptor >= 0 {
        // Goes with the descriptor. File systems that cannot lock are left to the time of the file.
        flock(descriptor, LOCK_EX | LOCK_NB)
        return (descriptor, candidate)
      }
      guard descriptor == -EEXIST, number < 100 else { throw .creating(path, -descriptor) }
      if LeftFiles.remove(candidate, untouchedFor: 3_600) { continue }
      number += 1
    }
  }

  /// The temporary file's path.
  static func path(beside file: String, number: Int = 0) -> String {
    let suffix = number == 0 ? ".\(getpid()).tmp" : ".\(getpid()).\(number).tmp"
    return OutputTarget.folder(of: file) + "/" + stem(of: file, room: suffix.utf8.count) + suffix
  }

  /// Whether a name is one that some process would give to the temporary file of `file`.
  static func isName(_ name: String, of file: String) -> Bool {
    let ending = ".tmp"
    guard name.hasPrefix("."), name.hasSuffix(ending) else { return false }
    let numbers = name.dropLast(ending.count).split(separator: ".").reversed().prefix(2)
      .prefix {
        !$0.isEmpty && $0.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
      }
    return [1, 2].contains { count in
      guard numbers.count >= count else { return false }
      let suffix = numbers.prefix(count).reversed().map { "." + $0 }.joined() + ending
      return name == stem(of: file, room: suffix.utf8.count) + suffix
    }
  }

  /// The beginning of the name; with all its additions it must still be one that the file system takes.
  private static func stem(of file: String, room: Int) -> String {
    var name = OutputTarget.name(of: file)
    while name.utf8.count + room + 1 > Int(NAME_MAX) { name.unicodeScalars.removeLast() }
    return "." + name
  }
}
