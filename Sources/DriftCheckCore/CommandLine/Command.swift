/// What the program is asked to do.
package enum Command: String, Sendable, Hashable, CaseIterable {
  /// Compare two tables.
  case check
  /// Summarise a table.
  case profile
  /// Put the summaries of parts of a table together.
  case merge

  /// The commands whose words are files.
  static var takingFiles: [Command] { allCases.filter { $0 != .check } }
}

/// One of several processes that share the partitions of a table.
package struct Shard: Sendable, Hashable {
  /// Which one, from 0; nil for that of JOB_COMPLETION_INDEX.
  package let index: Int?
  /// How many there are.
  package let count: Int

  /// One of `count` processes.
  package init(index: Int?, count: Int) {
    self.index = index
    self.count = count
  }

  /// The paths of this process: every `count`th.
  ///
  /// - Throws: `UsageError` when JOB_COMPLETION_INDEX is needed and is no index of a shard.
  func select(_ paths: [String], _ environment: Environment) throws(UsageError) -> [String] {
    var own = index
    if own == nil {
      let text = environment.nonEmpty("JOB_COMPLETION_INDEX") ?? ""
      own = Int(text)
      guard let own, (0..<count).contains(own) else {
        throw UsageError(
          .environment, subject: "JOB_COMPLETION_INDEX",
          "JOB_COMPLETION_INDEX is '\(text)': '--shard \(count)' expects a whole number from 0 to "
            + "\(count - 1) there.")
      }
    }
    return paths.indices.filter { $0 % count == own }.map { paths[$0] }
  }
}
