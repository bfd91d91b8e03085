/// What the tests of all features together found.
struct JointOutcomes {
  /// The kernel two-sample test; nil when it was not run.
  var discrepancy: DiscrepancyOutcome?
  /// The change of dependence; nil when it was not run.
  var dependence: DependenceOutcome?
}
