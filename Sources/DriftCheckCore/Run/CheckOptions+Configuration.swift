internal import CInstructionSets
internal import DriftKit

extension CheckOptions {
  /// The options as the library takes them.
  ///
  /// - Parameters:
  ///   - threads: How many threads to use.
  ///   - instructionSet: What the inner loops run with.
  ///   - permutationSums: How permutations of rows are summed.
  /// - Returns: The configuration.
  func configuration(
    threads: Int, instructionSet: InstructionSet,
    permutationSums: MaximumMeanDiscrepancy.PermutationSums
  ) -> DriftConfiguration {
    var configuration = DriftConfiguration()
    configuration.features = features
    configuration.excluded = exclude
    configuration.populationStability = populationStability
    configuration.compatibility = psiCompatibility == .churnMLOps ? .churnMLOps : .none
    configuration.meanShiftVariance = meanShiftVariance == .welch ? .welch : .pooled
    configuration.adjustment =
      switch adjustment {
      case .holm: .holm
      case .bh: .benjaminiHochberg
      case .none: .none
      }
    configuration.maximumMeanDiscrepancy = runsMMD ? maximumMeanDiscrepancy : nil
    configuration.maximumMeanDiscrepancy?.permutationSums = permutationSums
    configuration.thresholds = thresholds
    configuration.featureThresholds = featureThresholds
    configuration.featureBinning = featureBinning
    configuration.missingFeatures =
      switch missingFeatures {
      case .fail: .fail
      case .ignore: .ignore
      case nil: nil
      }
    configuration.threads = threads
    configuration.instructionSet = instructionSet
    return configuration
  }

  private var populationStability: PopulationStabilityIndex.Options {
    var options = PopulationStabilityIndex.Options()
    options.binning =
      switch psiBinning {
      case .quantile: .quantile(bins: psiBins)
      case .uniform: .uniform(bins: psiBins)
      }
    options.missing = psiMissing == .bin ? .bin : .exclude
    options.emptyBins =
      switch psiZero {
      case .half: .addHalf
      case .floor(let smallest): .floor(smallest)
      }
    return options
  }

  private var maximumMeanDiscrepancy: MaximumMeanDiscrepancy.Options {
    var options = MaximumMeanDiscrepancy.Options()
    options.permutations = permutations
    options.unit =
      switch permutationUnit {
      case .auto: .automatic
      case .rows: .rows
      case .blocks: .blocks
      }
    options.bandwidth =
      switch mmdBandwidth {
      case .median: .median
      case .sigma(let sigma): .fixed(sigma)
      }
    options.scale = mmdScale == .pooled ? .pooled : .none
    options.precision = mmdPrecision == .single ? .single : .double
    options.maximumRows = mmdMaxRows
    options.permutationBytes = MemoryBudget.forPermutations(memoryBudget)
    options.seed = seed
    return options
  }

  /// The limits of all features.
  var thresholds: Thresholds {
    var thresholds = Thresholds()
    thresholds.alpha = alpha
    thresholds.warnAlpha = warnAlpha
    thresholds.stabilityWarn = psiWarn
    thresholds.stabilityFail = psiFail
    thresholds.stabilityGate = psiGate == .on
    thresholds.effectWarn = meanShiftEffectWarn
    thresholds.effectFail = meanShiftEffect
    thresholds.newLevelsWarn = newLevelsWarn
    thresholds.newLevelsFail = newLevelsFail
    return thresholds
  }
}
