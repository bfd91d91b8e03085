internal import Glibc

/// Whether a share differs between two samples: Fisher's exact test of a table of two rows and two
/// columns, by the mid-p.
///
/// All tables with the same sums are compared: the p-value is the probability of those that are less
/// likely than the one that was found, and half of those that are as likely. The half makes the level
/// right on average, where the exact test would hardly ever reject.
///
/// Source: Lancaster, "Significance tests in discrete distributions", Journal of the American
/// Statistical Association 56, 1961.
public struct FisherExactTest: Sendable, Hashable, Codable {
  /// The two-sided p-value, 0 to 1.
  public let midPValue: Double

  /// - Parameters:
  ///   - baseline: The baseline's rows of one kind and of the other.
  ///   - current: The current rows of these kinds.
  /// - Complexity: O(the standard deviation of a cell) steps.
  public init(baseline: (Int, Int), current: (Int, Int)) {
    let rows = baseline.0 + baseline.1 + current.0 + current.1
    let table = Hypergeometric(
      rows: rows, marked: baseline.0 + current.0, drawn: baseline.0 + baseline.1)
    let support = table.support
    guard support.lowerBound < support.upperBound else {
      midPValue = 1
      return
    }
    let found = table.logProbability(baseline.0)
    // 1. The first table on each side of the mode that is no likelier than the one found.
    let lower = Self.last(support.lowerBound, table.mode) {
      table.logProbability($0) <= found + Self.tie
    }
    let upper = Self.last(-support.upperBound, -table.mode - 1) {
      table.logProbability(-$0) <= found + Self.tie
    }.map { -$0 }
    // 2. From there on all count, and those as likely half.
    var p = 0.0
    for (start, step) in [(lower, -1), (upper, 1)] {
      guard let start else { continue }
      let first = table.logProbability(start)
      p += exp(first) * table.sum(from: start, step: step)
      if abs(first - found) <= Self.tie { p -= 0.5 * exp(first) }
    }
    midPValue = min(1, max(0, p))
  }

  /// The largest difference of the logarithms of probabilities that are taken for equal.
  private static let tie = 1e-7

  /// The last number of a range at which a condition holds that holds up to there; nil for none.
  private static func last(_ first: Int, _ end: Int, where holds: (Int) -> Bool) -> Int? {
    guard first <= end, holds(first) else { return nil }
    var (low, high) = (first, end)
    while low < high {
      let middle = low + (high - low + 1) / 2
      if holds(middle) { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
