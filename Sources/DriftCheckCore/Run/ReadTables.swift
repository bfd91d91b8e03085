internal import DriftDetection

/// Both sides of a check when they are read, and what there is to say of how they are written.
struct ReadTables {
  let detector: DriftDetector
  let current: DatasetProfile
  /// Columns without a name, on either side, that were left out.
  let unnamed: [String]

  /// A result with what there is to say.
  func remarked(_ result: DriftResult) -> DriftResult {
    var result = result
    if !unnamed.isEmpty {
      let more = unnamed.count > 10 ? " and \(unnamed.count - 10) more" : ""
      result.add(
        note:
          "without a name in the header, left out: \(unnamed.prefix(10).joined(separator: ", "))"
          + "\(more); '--features' takes them by these")
    }
    return result
  }
}
