/// Why nothing of a feature could be compared.
enum Obstacle {
  /// Neither side has a value.
  case noData
  /// Nearly every row has a level of its own.
  case identifiers
  /// No level is frequent enough.
  case rareLevels
  /// Too few numbers.
  case fewValues
}

extension FeatureComparison {
  /// Why nothing could be compared; nil where a test could tell one value from another.
  var obstacle: Obstacle? {
    guard !comparesValues, let current = result.current else { return nil }
    if result.baseline.present == 0, current.present == 0 { return .noData }
    guard result.kind == .categorical else { return .fewValues }
    return holdsIdentifiers ? .identifiers : .rareLevels
  }
}

extension Remark {
  /// Nothing of a feature was compared.
  static func notCompared(_ feature: String, _ obstacle: Obstacle) -> Remark {
    switch obstacle {
    case .noData: "\(feature): not compared, no data on either side"
    case .identifiers:
      Remark("\(feature): not compared, nearly as many levels as rows", advice: .exclude(feature))
    case .rareLevels: "\(feature): not compared, each level has too few rows"
    case .fewValues: "\(feature): not compared, too few numbers"
    }
  }
}
