/// How the p-values of several features are adjusted for being looked at together.
public enum PValueAdjustment: String, Sendable, CaseIterable {
  /// Holm's step-down method: the chance of any false alarm stays below the level, whatever the
  /// dependence between the tests (Holm 1979).
  case holm
  /// The step-up method of Benjamini & Hochberg 1995: the expected share of false alarms among the
  /// alarms stays below the level, for independent or positively dependent tests.
  case benjaminiHochberg = "bh"
  /// No adjustment.
  case none

  /// The adjusted p-values, in the order given, each at most 1.
  ///
  /// A value that is not a number stays as it is and does not count as a test.
  /// - Complexity: O(k log k) for k values.
  public func adjust(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] < pValues[$1] }
    switch self {
    case .none:
      break
    case .holm:
      var largest = 0.0
      for (rank, index) in order.enumerated() {
        largest = max(largest, min(1, Double(order.count - rank) * pValues[index]))
        adjusted[index] = largest
      }
    case .benjaminiHochberg:
      var smallest = 1.0
      for (rank, index) in order.enumerated().reversed() {
        smallest = min(smallest, Double(order.count) / Double(rank + 1) * pValues[index])
        adjusted[index] = smallest
      }
    }
    return adjusted
  }
}
