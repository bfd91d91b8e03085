/// What the program is asked to do.
package enum Command: String, Sendable, Hashable, CaseIterable {
  /// Compare two tables.
  case check
  /// Summarise a table.
  case profile
  /// Put the summaries of parts of a table together.
  case merge
  /// Compute one shard of the sums of the MMD test.
  case mmdShard = "mmd-shard"

  /// Whether files are named without a flag.
  var takesWords: Bool { Self.takingFiles.contains(self) }

  /// The commands whose words are files.
  static let takingFiles: [Command] = [.profile, .merge]

  /// The commands that must be named.
  static var named: [Command] { allCases.filter { $0 != .check } }
}

/// One of several processes that share the partitions of a table, or the work of a test.
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
    let own = try index(environment)
    return paths.indices.filter { $0 % count == own }.map { paths[$0] }
  }

  /// Which one this process is, from 0.
  ///
  /// - Throws: `UsageError` when JOB_COMPLETION_INDEX is needed and is no index of a shard.
  func index(_ environment: Environment) throws(UsageError) -> Int {
    if let index { return index }
    let text = environment.nonEmpty("JOB_COMPLETION_INDEX") ?? ""
    guard let own = Int(text), (0..<count).contains(own) else {
      throw UsageError(
        .environment, subject: "JOB_COMPLETION_INDEX",
        "JOB_COMPLETION_INDEX is '\(text)': '--shard \(count)' expects a whole number from 0 to "
          + "\(count - 1) there.")
    }
    return own
  }
}
