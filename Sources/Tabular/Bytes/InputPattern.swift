internal import Glibc

/// Paths that are patterns of a shell.
package enum InputPattern {
  /// The files that a path stands for: itself, or, with `*`, `?` or `[` in it and nothing of that
  /// very name, those that match, in the order of their bytes.
  ///
  /// - Parameter path: A path as the user gave it.
  /// - Returns: At least one path.
  /// - Throws: `CSVError` when nothing matches.
  package static func files(_ path: String) throws(CSVError) -> [String] {
    guard path.utf8.contains(where: { "*?[".utf8.contains($0) }), !path.utf8.contains(0),
      !exists(path)
    else { return [path] }
    var found = glob_t()
    defer { globfree(&found) }
    switch glob(path, GLOB_NOSORT, nil, &found) {
    case 0: break
    case GLOB_NOMATCH:
      throw CSVError(
        .inputMissing, file: path,
        "no file has this name, and none matches it as a pattern; check the path")
    default:
      throw CSVError(
        .inputUnreadable, file: path, "this pattern cannot be looked up; name the files instead")
    }
    var files: [String] = []
    for index in 0..<Int(found.gl_pathc) {
      guard let bytes = found.gl_pathv[index] else { continue }
      guard let file = String(validatingCString: bytes) else {
        throw CSVError(
          .inputUnreadable, file: path,
          "the name of \(Excerpt.quoted(String(cString: bytes))), which matches, is not UTF-8; "
            + "rename the file")
      }
      // A lone hyphen would be standard input.
      files.append(file == "-" ? "./-" : file)
    }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether there is something at a path, be it a link to nothing.
  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
