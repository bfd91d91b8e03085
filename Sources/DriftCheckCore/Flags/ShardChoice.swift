package import DriftDetection

/// The shard that a process is asked for.
package enum ShardChoice: Sendable, Hashable {
  /// This one.
  case given(MaximumMeanDiscrepancy.Shard)
  /// The one of JOB_COMPLETION_INDEX, of so many.
  case ofJob(count: Int)

  /// The shard of this process.
  ///
  /// - Throws: `UsageError` when JOB_COMPLETION_INDEX is needed and is no index of a shard.
  func shard(_ environment: Environment) throws(UsageError) -> MaximumMeanDiscrepancy.Shard {
    switch self {
    case .given(let shard): return shard
    case .ofJob(let count):
      let text = environment.nonEmpty("JOB_COMPLETION_INDEX") ?? ""
      guard let index = Int(text),
        let shard = try? MaximumMeanDiscrepancy.Shard(index: index, count: count)
      else {
        throw UsageError(
          .environment, subject: "JOB_COMPLETION_INDEX",
          "JOB_COMPLETION_INDEX is '\(text)': '--shard \(count)' expects a whole number from 0 to "
            + "\(count - 1) there.")
      }
      return shard
    }
  }
}
