package import CInstructionSets
internal import DriftColumns
public import DriftStatistics
public import DriftSummaries

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
  public var excluded: [String]
  /// The population stability index.
  public var populationStability: PopulationStabilityIndex.Options
  /// The numbers of an older job.
  public var compatibility: Compatibility
  /// The mean shift's denominator.
  public var meanShiftVariance: MeanShiftVariance
  /// How p-values are adjusted for the number of features.
  public var adjustment: PValueAdjustment
  /// The kernel two-sample test, which runs on `threads` of this configuration; nil to leave it out.
  public var maximumMeanDiscrepancy: MaximumMeanDiscrepancy.Options?
  /// The test for a change of dependence, which takes rows and permutations of the kernel two-sample
  /// test; nil to leave it out. Its level is that of warnings.
  public var dependence: DependenceChange.Options?
  /// Numeric features that the tests of all features together, the kernel two-sample test and the change of
  /// dependence, leave out.
  public var leftOutOfJointTests: [String]
  /// When tests warn and fail.
  public var thresholds: Thresholds
  /// Other limits for single features, by name. p-values stay adjusted over all features: with
  /// Holm's method the chance of a false alarm of any feature is at most the largest alpha.
  public var featureThresholds: [String: Thresholds]
  /// Other bins for single numeric features, by name: another number of them, or given edges,
  /// which are refused where they leave all values of the baseline in one bin. An older job has
  /// bins of its own.
  public var featureBinning: [String: NumericBinning.Method]
  /// The features that decide the status of a check; nil for all. The others are judged and shown: their
  /// p-values are adjusted apart, and they take no part in the tests of all features together, so
  /// that the status is what it would be without them.
  public var gating: [String]?
  /// Whether single features decide the status of a check, by name, whatever `gating` says.
  public var featureGates: [String: Bool]
  /// What a model makes of its features: weights by name, such as the importance that a library for
  /// training tells, of which only the shares matter; nil when they are not known. Weights below 0
  /// count as 0. The features with the smallest shares that hold less than 5 % together do not gate
  /// unless `gating` or `featureGates` says so, and findings of those that matter more come first.
  public var importance: [String: Double]?
  /// What becomes of features that the current data do not have; nil: they fail, or, with an older
  /// job's numbers, are ignored as that job did.
  public var missingFeatures: MissingFeatures?
  /// How many rows there should be.
  public var rowLimits: RowLimits
  /// The most threads to use. The result does not depend on it.
  public var threads: Int
  /// The instructions that inner loops run with; the processor must have them. The result does not
  /// depend on it.
  package var instructionSet = InstructionSet.best

  /// Settings; those that are not given are the defaults.
  public init(
    features: [String]? = nil, excluded: [String] = [],
    populationStability: PopulationStabilityIndex.Options = .init(),
    compatibility: Compatibility = .none, meanShiftVariance: MeanShiftVariance = .welch,
    adjustment: PValueAdjustment = .holm,
    maximumMeanDiscrepancy: MaximumMeanDiscrepancy.Options? = .init(),
    dependence: DependenceChange.Options? = .init(), leftOutOfJointTests: [String] = [],
    thresholds: Thresholds = .init(), featureThresholds: [String: Thresholds] = [:],
    featureBinning: [String: NumericBinning.Method] = [:], gating: [String]? = nil,
    featureGates: [String: Bool] = [:], importance: [String: Double]? = nil,
    missingFeatures: MissingFeatures? = nil,
    rowLimits: RowLimits = .init(), threads: Int = 1
  ) {
    self.features = features
    self.excluded = excluded
    self.populationStability = populationStability
    self.compatibility = compatibility
    self.meanShiftVariance = meanShiftVariance
    self.adjustment = adjustment
    self.maximumMeanDiscrepancy = maximumMeanDiscrepancy
    self.dependence = dependence
    self.leftOutOfJointTests = leftOutOfJointTests
    self.thresholds = thresholds
    self.featureThresholds = featureThresholds
    self.featureBinning = featureBinning
    self.gating = gating
    self.featureGates = featureGates
    self.importance = importance
    self.missingFeatures = missingFeatures
    self.rowLimits = rowLimits
    self.threads = threads
  }

  var effectiveMissingFeatures: MissingFeatures {
    missingFeatures ?? (compatibility == .churnMLOps ? .ignore : .fail)
  }

  /// How inner loops over columns run.
  var work: PieceWork { PieceWork(instructionSet: instructionSet, threads: threads) }

  /// The limits of a feature, found by the bytes of its name.
  package func thresholds(for feature: String) -> Thresholds {
    Self.value(of: feature, in: featureThresholds) ?? thresholds
  }

  /// The limits of a feature that has its own; nil when they are those of all.
  package func ownThresholds(of feature: String) -> Thresholds? {
    let own = thresholds(for: feature)
    return own == thresholds ? nil : own
  }

  /// Finds a value by the bytes of a name, where strings compare by canonical equivalence.
  private static func value<Value>(of name: String, in values: [String: Value]) -> Value? {
    guard let place = values.index(forKey: name),
      values[place].key.utf8.elementsEqual(name.utf8)
    else { return nil }
    return values[place].value
  }

  /// The index's options for a feature: with its own bins, and the level of its own limits.
  func populationStability(for feature: String) -> PopulationStabilityIndex.Options {
    var options = populationStability
    options.alpha = thresholds(for: feature).alpha
    options.binning = Self.value(of: feature, in: featureBinning) ?? options.binning
    return options
  }

  private func validateImportance() throws(DriftError) {
    guard let importance else { return }
    for (name, weight) in importance.sorted(by: { Level($0.key) < Level($1.key) }) {
      guard weight.isFinite else {
        throw DriftError(
          .invalidConfiguration,
          "the importance of '\(name)' is \(weight), expected a finite number")
      }
    }
    guard importance.values.contains(where: { $0 > 0 }) else {
      throw DriftError(
        .invalidConfiguration, "no feature has an importance above 0, expected one at least")
    }
  }

  func validate() throws(DriftError) {
    try thresholds.validate("thresholds")
    try rowLimits.validate()
    for (name, thresholds) in featureThresholds.sorted(by: { Level($0.key) < Level($1.key) }) {
      try thresholds.validate("'\(name)'")
    }
    try validateImportance()
    guard threads >= 1 else {
      throw DriftError(.invalidConfiguration, "threads is \(threads), expected at least 1")
    }
    for (name, binning) in featureBinning.sorted(by: { Level($0.key) < Level($1.key) }) {
      var options = populationStability
      options.binning = binning
      do {
        try options.validate()
      } catch {
        throw DriftError(.invalidConfiguration, "'\(name)': \(error.message)")
      }
    }
    do {
      try populationStability.validate()
      try maximumMeanDiscrepancy?.validate()
      try dependence?.validate()
    } catch {
      throw DriftError(.invalidConfiguration, error.message)
    }
  }
}
