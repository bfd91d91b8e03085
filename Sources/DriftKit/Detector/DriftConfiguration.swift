/// What is checked, how, and when it matters. The defaults are those of the program.
public struct DriftConfiguration: Sendable, Hashable {
  /// What becomes of features that the current data do not have.
  public enum MissingFeatures: String, Sendable, Hashable, CaseIterable {
    /// They fail.
    case fail
    /// They are noted.
    case ignore
  }

  /// Which denominator the mean shift's t statistic has.
  public enum MeanShiftVariance: String, Sendable, Hashable, CaseIterable {
    /// Welch's, for any variances.
    case welch
    /// Student's, for equal ones.
    case pooled
  }

  /// Whether an older job's numbers are wanted.
  public enum Compatibility: String, Sendable, Hashable, CaseIterable {
    /// The numbers of this library.
    case none
    /// Those of the drift job of churn-mlops: its index, and a verdict from the index alone.
    case churnMLOps = "churn-mlops"
  }

  /// The features to check; nil for all columns of the baseline.
  public var features: [String]?
  /// Columns to leave out.
  public var excluded: [String] = []
  /// The population stability index.
  public var populationStability = PopulationStabilityIndex.Options()
  /// The numbers of an older job.
  public var compatibility = Compatibility.none
  /// The mean shift's denominator.
  public var meanShiftVariance = MeanShiftVariance.welch
  /// How p-values are adjusted for the number of features.
  public var adjustment = PValueAdjustment.holm
  /// The kernel two-sample test; nil to leave it out.
  public var maximumMeanDiscrepancy: MaximumMeanDiscrepancy.Options? = .init()
  /// When tests warn and fail.
  public var thresholds = Thresholds()
  /// Other limits for single features, by name.
  public var featureThresholds: [String: Thresholds] = [:]
  /// What becomes of features that the current data do not have; nil: they fail, or, with an older
  /// job's numbers, are ignored as that job did.
  public var missingFeatures: MissingFeatures?
  /// The most threads to use. The result does not depend on it.
  public var threads = 1

  /// The defaults.
  public init() {}

  var effectiveMissingFeatures: MissingFeatures {
    missingFeatures ?? (compatibility == .churnMLOps ? .ignore : .fail)
  }

  func thresholds(for feature: String) -> Thresholds { featureThresholds[feature] ?? thresholds }

  /// The index's options for a feature, with the level of its own limits.
  func populationStability(for feature: String) -> PopulationStabilityIndex.Options {
    var options = populationStability
    options.alpha = thresholds(for: feature).alpha
    return options
  }

  func validate() throws(DriftError) {
    try thresholds.validate("thresholds")
    for (name, thresholds) in featureThresholds { try thresholds.validate("'\(name)'") }
    guard threads >= 1 else {
      throw DriftError(.invalidConfiguration, "threads is \(threads), expected at least 1")
    }
    switch populationStability.binning {
    case .quantile(let bins), .uniform(let bins):
      guard bins >= 2 else {
        throw DriftError(.invalidConfiguration, "\(bins) bins, expected at least 2")
      }
    case .edges(let edges):
      guard !edges.isEmpty, edges.allSatisfy(\.isFinite) else {
        throw DriftError(.invalidConfiguration, "edges \(edges), expected finite numbers")
      }
    }
    if case .floor(let smallest) = populationStability.emptyBins, !(smallest > 0 && smallest < 1) {
      throw DriftError(
        .invalidConfiguration, "a floor of \(smallest) for shares, expected 0 < floor < 1")
    }
    do {
      try maximumMeanDiscrepancy?.validate()
    } catch {
      throw DriftError(.invalidConfiguration, error.message)
    }
  }
}
