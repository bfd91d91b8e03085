internal import DriftDetection

/// Files with the sums of shards of the MMD test.
enum SumsFile {
  /// Reads and merges the sums of all shards; nil when no file is named.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - memory: The bytes that the program may take.
  /// - Returns: The merged sums; nil for no files.
  /// - Throws: `ProfileFileError` for a file that cannot be read, `InputError` for one that is
  ///   damaged, and when they are not those of all shards of one test.
  static func merged(_ paths: [String], memory: Int) throws
    -> MaximumMeanDiscrepancy.PartialSums?
  {
    guard let first = paths.first else { return nil }
    var merged = try read(first, memory)
    for path in paths.dropFirst() {
      let next = try read(path, memory)
      try naming([path]) { try merged.merge(next) }
    }
    try naming(paths) { try merged.requireWhole() }
    return merged
  }

  private static func read(_ path: String, _ memory: Int) throws
    -> MaximumMeanDiscrepancy.PartialSums
  {
    let bytes = try ProfileFile.readAll(path, from: .mmdShard, memory: memory)
    return try naming([path]) { try MaximumMeanDiscrepancy.PartialSums(decoding: bytes) }
  }

  /// Puts the file in front of what is said against its sums.
  static func naming<Value>(_ paths: [String], _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as PartialSumsError {
      throw InputError(file: InputTables.title(paths), detail: error.message)
    }
  }
}
