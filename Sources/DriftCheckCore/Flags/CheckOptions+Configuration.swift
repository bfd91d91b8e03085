internal import CInstructionSets
internal import DriftDetection

extension CheckOptions {
  /// The configuration of a detector: with what follows from other options, and what the run decides.
  ///
  /// - Parameters:
  ///   - threads: How many threads to use.
  ///   - instructionSet: What the inner loops run with.
  ///   - permutationSums: How permutations of rows are summed.
  /// - Returns: The configuration.
  func detectorConfiguration(
    threads: Int, instructionSet: InstructionSet,
    permutationSums: MaximumMeanDiscrepancy.PermutationSums
  ) -> DriftConfiguration {
    var configuration = configuration
    if runsMMD {
      configuration.maximumMeanDiscrepancy?.permutationSums = permutationSums
      configuration.maximumMeanDiscrepancy?.permutationBytes = MemoryBudget.forPermutations(
        memoryBudget)
    } else {
      configuration.maximumMeanDiscrepancy = nil
    }
    if !runsDependence { configuration.dependence = nil }
    configuration.leftOutOfJointTests = overrides.filter(\.isLeftOutOfMMD).map(\.column)
    configuration.featureThresholds = featureThresholds
    configuration.featureBinning = featureBinning
    configuration.featureGates = featureGates
    configuration.threads = threads
    configuration.instructionSet = instructionSet
    return configuration
  }

  /// The bytes that the program may take.
  var memoryBudget: Int { MemoryBudget.bytes(option: memoryLimit) }

  /// The limits of the features that have their own.
  private var featureThresholds: [String: Thresholds] {
    var thresholds: [String: Thresholds] = [:]
    for override in overrides where thresholds[override.column] == nil {
      var own = configuration.thresholds
      for pair in LimitPair.all { pair.override(&own, by: override.limits) }
      if own != configuration.thresholds { thresholds[override.column] = own }
    }
    return thresholds
  }

  /// Whether features gate that say so.
  private var featureGates: [String: Bool] {
    Dictionary(
      overrides.compactMap { override in override.gates.map { (override.column, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The bins of the features that have their own.
  var featureBinning: [String: NumericBinning.Method] {
    let all = configuration.populationStability.binning
    return Dictionary(
      overrides.compactMap { override in override.binning(all).map { (override.column, $0) } },
      uniquingKeysWith: { first, _ in first })
  }
}

extension ColumnOverride {
  /// The bins of the column; nil for those of all.
  fileprivate func binning(_ all: NumericBinning.Method) -> NumericBinning.Method? {
    if let psiEdges { return .edges(psiEdges) }
    guard psiBins != nil || psiBinning != nil else { return nil }
    return NumericBinning.Method(psiBinning ?? all.kind, bins: psiBins ?? all.bins)
  }
}
