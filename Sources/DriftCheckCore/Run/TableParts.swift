internal import Tabular

/// The files that are the parts of a table.
enum TableParts {
  /// The files that paths stand for, in the order of their bytes: no result depends on the order in
  /// which they were named.
  ///
  /// - Parameter paths: Paths and patterns as the user gave them.
  /// - Returns: At least as many paths.
  /// - Throws: `CSVError` when nothing matches a pattern, `InputError` for a file that is named twice.
  static func files(_ paths: [String]) throws -> [String] {
    let files = try paths.flatMap(InputPattern.files)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard files.count > 1 else { return files }
    var known: [FileNode: String] = [:]
    for file in files {
      guard let node = FileNode(file) else { continue }
      if let other = known.updateValue(file, forKey: node) {
        throw InputError(
          file: file,
          detail: other == file
            ? "given twice, and its rows would count twice; name it once"
            : "the same file as '\(other)', and its rows would count twice; name it once")
      }
    }
    return files
  }
}
