package import DriftDetection

extension MaximumMeanDiscrepancy.PermutationSums {
  /// What DRIFT_PERMUTATION_SUMS asks for, else look-up. For diagnosis: no result depends on it.
  ///
  /// - Parameter environment: Where it is looked up; empty counts as not set.
  /// - Throws: `UsageError` when it is another word.
  package init(_ environment: Environment) throws(UsageError) {
    guard let text = environment.nonEmpty("DRIFT_PERMUTATION_SUMS") else {
      self = .lookup
      return
    }
    guard let way = Self(rawValue: text) else {
      let expected = Self.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw UsageError(
        .environment, subject: "DRIFT_PERMUTATION_SUMS",
        "DRIFT_PERMUTATION_SUMS is '\(text)': expected one of \(expected).")
    }
    self = way
  }
}
