public import DriftColumns

/// Whether two samples have their rows in the same shares in all categories: Pearson's X^2 over all
/// pooled categories, with the mean and variance that it has under permutation of the rows.
///
/// No category is left out and none is chosen by one side: the test finds categories that vanish as
/// well as those that come, for two categories as for a million. Categories with a single row in both
/// samples together count as one.
///
/// Sources: Haldane, "The mean and variance of chi squared, when used as a test of homogeneity, when
/// expectations are small", Biometrika 31, 1940; Lewis, Saunders & Westcott, "The moments of the Pearson
/// chi-squared statistic and the minimum expected value in two-way tables", Biometrika 71, 1984.
public struct PearsonTest: Sendable, Hashable, Codable {
  /// X^2; nil for two categories, which have an exact test, and where nothing can differ.
  public let statistic: Double?
  /// The probability of at least such a difference without one; nil where nothing can differ: one
  /// category, or each row one of its own.
  public let pValue: Double?

  /// - Parameter categories: The rows of each category, of both sides; those without a row are left out.
  /// - Throws: `StatisticsError.insufficientData` where a side has no rows, or both have fewer than four.
  /// - Complexity: O(categories).
  public init(_ categories: some Sequence<(baseline: Int, current: Int)>) throws(StatisticsError) {
    // 1. Sums over the categories; those with a single row are gathered.
    var once = (baseline: 0, current: 0)
    var sums = Sums()
    for category in categories {
      if category.baseline + category.current == 1 {
        once.baseline += category.baseline
        once.current += category.current
      } else {
        sums.add(category.baseline, category.current)
      }
    }
    sums.add(once.baseline, once.current)
    let (n, m) = (sums.baseline, sums.current)
    guard n > 0, m > 0, n + m >= 4 else {
      throw StatisticsError(
        code: .insufficientData, message: "\(n) and \(m) rows are too few to compare")
    }
    // 2. Two categories are a table of two rows and two columns.
    guard sums.count > 2 else {
      statistic = nil
      pValue =
        sums.count < 2
        ? nil
        : FisherExactTest(
          baseline: (sums.least.baseline, n - sums.least.baseline),
          current: (sums.least.current, m - sums.least.current)
        ).midPValue
      return
    }
    // 3. The tail of the gamma distribution with the mean and variance of X^2.
    let x = sums.statistic
    let (mean, variance) = sums.moments
    statistic = x
    pValue =
      variance > 1e-9 * mean
      ? IncompleteGamma.upper(a: mean * mean / variance, x: x * mean / variance) : nil
  }
}

/// What X^2 needs to know of the categories: the same, to the last bit, in whatever order they come.
private struct Sums {
  /// Categories with as many rows in both samples together.
  private struct Group {
    /// How many there are.
    var count = 0
    /// The sum of the squares of the baseline's rows.
    var squares: UInt128 = 0
  }

  private(set) var baseline = 0
  private(set) var current = 0
  private(set) var count = 0
  /// The smallest category.
  private(set) var least = (baseline: Int.max, current: Int.max)
  private var groups: [Int: Group] = [:]

  mutating func add(_ rows: Int, _ others: Int) {
    guard rows + others > 0 else { return }
    baseline += rows
    current += others
    count += 1
    if (rows, others) < least { least = (rows, others) }
    let square = rows.multipliedFullWidth(by: rows)
    groups[rows + others, default: Group()].count += 1
    groups[rows + others]?.squares += UInt128(square.high.magnitude) << 64 | UInt128(square.low)
  }

  /// X^2 = N^2 / (n m) (sum a^2 / c - n^2 / N), a being the baseline's rows of a category and c those of
  /// both.
  var statistic: Double {
    let (n, m) = (Double(baseline), Double(current))
    let all = n + m
    let squares = sum { Double($0.squares) / $1 }
    return max(0, all * all / (n * m) * (squares - n * n / all))
  }

  /// Its mean and variance under permutation.
  var moments: (mean: Double, variance: Double) {
    let (n, m, l) = (Double(baseline), Double(current), Double(count))
    let all = n + m
    let inverses = sum { Double($0.count) / $1 }
    let v1 = (l - 1) * (all - l) / (all - 1)
    let v2 = (all - 2) / (all - 1)
    let w1 = (all * inverses - l * l) / (all - 2)
    let w2 = (all / n + all / m - 4) / (all - 2)
    return (
      all * (l - 1) / (all - 1),
      2 * all / (all - 3) * (v1 - w1) * (v2 - w2) + all * all / (all - 1) * w1 * w2
    )
  }

  private func sum(_ term: (Group, Double) -> Double) -> Double {
    groups.sorted { $0.key < $1.key }.reduce(0) { $0 + term($1.value, Double($1.key)) }
  }
}
