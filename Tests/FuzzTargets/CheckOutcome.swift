internal import DriftKit

/// How a check ended.
enum CheckOutcome {
  case result(DriftResult)
  /// It was refused, with reason.
  case refused(String)

  /// Runs a check; what it throws must be one of the errors that are documented.
  init(_ check: () throws -> DriftResult) throws {
    do {
      let result = try check()
      try Self.requireSound(result)
      self = .result(result)
    } catch let error as DriftError {
      self = .refused(error.message)
    } catch let error as PartialSumsError {
      self = .refused(error.message)
    } catch let error as StatisticsError {
      self = .refused(error.message)
    }
  }

  /// Nothing that a report says may be impossible.
  private static func requireSound(_ result: DriftResult) throws(FuzzViolation) {
    for feature in result.features {
      let p = [
        feature.populationStability?.test.pValue, feature.populationStability?.adjustedPValue,
        feature.meanShift?.pValue, feature.meanShift?.adjustedPValue,
        feature.newLevels?.test.pValue, feature.newLevels?.adjustedPValue,
        feature.lostLevels?.test.pValue, feature.lostLevels?.adjustedPValue,
        feature.newLevels?.test.expectedShare, feature.lostLevels?.test.expectedShare,
      ].compactMap { $0 }
      for p in p {
        try FuzzViolation.require((0...1).contains(p), "'\(feature.name)': a p-value of \(p)")
      }
      if let value = feature.populationStability?.test.value {
        try FuzzViolation.require(
          value >= -1e-9 && value.isFinite, "'\(feature.name)': an index of \(value)")
      }
    }
    if let test = result.maximumMeanDiscrepancy?.test {
      try FuzzViolation.require((0...1).contains(test.pValue), "MMD: a p-value of \(test.pValue)")
    }
    let isCompared = result.features.contains {
      $0.populationStability != nil || $0.meanShift?.pValue != nil || $0.newLevels != nil
    }
    try FuzzViolation.require(
      isCompared || result.maximumMeanDiscrepancy != nil || result.status != .ok,
      "OK though nothing was compared")
  }

  /// The verdict; nil when there is none.
  var status: DriftStatus? {
    if case .result(let result) = self { result.status } else { nil }
  }

  var description: String {
    switch self {
    case .result(let result): "\(result.status.rawValue) \(result.reasons)"
    case .refused(let message): "refused: \(message)"
    }
  }
}
