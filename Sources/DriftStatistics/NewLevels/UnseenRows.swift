internal import Glibc

/// How many rows of one sample have levels that the other sample has not, when all rows are in a random
/// order: a level that both together have c times lies wholly in the one sample with the probability
/// C(N - c, n) / C(N, n).
///
/// The number of rows is the sum of c times a yes or no for each level, taken as independent: by
/// convolution where that is short, else by a saddlepoint.
///
/// Sources: Lugannani & Rice, "Saddle point approximation for the distribution of the sum of independent
/// random variables", Advances in Applied Probability 12, 1980; with the second correction for whole
/// numbers of Daniels, "Tail probability approximations", International Statistical Review 55, 1987.
package struct UnseenRows: Sendable {
  /// Levels that have as many rows.
  struct Group: Sendable {
    /// The rows of each.
    let rows: Int
    /// How many levels there are.
    let levels: Int
    /// How likely one of them lies wholly in the sample.
    let probability: Double
  }

  private let groups: [Group]
  /// The rows to expect.
  package let expected: Double

  /// - Parameters:
  ///   - levels: How many levels have so many rows in both samples together, by the number of rows.
  ///   - other: The rows of the sample that the levels are not in.
  ///   - own: The rows of the sample that they are in.
  /// - Complexity: O(k log k) for k different numbers, and the largest of them or some 10,000 steps.
  package init(levels: [Int: Int], other: Int, own: Int) {
    var chance = UnseenChance(other: other, own: own)
    groups = levels.sorted { $0.key < $1.key }.compactMap { rows, levels in
      let probability = chance.next(rows)
      return probability > 0
        ? Group(rows: rows, levels: levels, probability: probability) : nil
    }
    expected = groups.reduce(0) { $0 + Double($1.rows) * Double($1.levels) * $1.probability }
  }

  /// The most steps that a convolution may take.
  private static let mostSteps = 1_000_000

  /// P(at least so many rows).
  package func upperTail(_ rows: Int) -> Double {
    guard rows > 0 else { return 1 }
    let most = groups.reduce(0) { $0 + $1.rows * $1.levels }
    guard rows <= most else { return 0 }
    var steps = 0
    for group in groups where steps <= Self.mostSteps {
      let (more, overflow) = rows.multipliedReportingOverflow(
        by: min(group.levels, rows / group.rows + 1))
      steps = overflow ? .max : steps.addingReportingOverflow(more).partialValue
    }
    return steps <= Self.mostSteps && steps >= 0
      ? convolved(rows) : UnseenSaddlepoint(groups).upperTail(rows)
  }

  /// The tail by adding group after group: what has reached the number of rows stays there.
  private func convolved(_ rows: Int) -> Double {
    var sums = [Double](repeating: 0, count: rows)
    sums[0] = 1
    var reached = 0.0
    for group in groups {
      let counts = Self.binomial(group.levels, group.probability, upTo: rows / group.rows + 1)
      // P(at least so many levels), added up from the far end.
      var tails = counts
      for place in tails.indices.dropLast().reversed() { tails[place] += tails[place + 1] }
      var next = [Double](repeating: 0, count: rows)
      for (sum, probability) in sums.enumerated() where probability > 0 {
        for (place, count) in counts.enumerated() {
          let total = sum + place * group.rows
          guard total < rows else {
            reached += probability * tails[place]
            break
          }
          next[total] += probability * count
        }
      }
      sums = next
    }
    return min(1, reached)
  }

  /// The probabilities of 0, 1, ... of `count` levels; the last one of at least `most`.
  private static func binomial(_ count: Int, _ p: Double, upTo most: Int) -> [Double] {
    // 1. From the likeliest number on both ways, as that of 0 may be too small for a number.
    let mode = min(count, Int(Double(count + 1) * p))
    let (all, at) = (Double(count), Double(mode))
    let log =
      GammaFunction.logarithm(all + 1) - GammaFunction.logarithm(at + 1)
      - GammaFunction.logarithm(all - at + 1) + at * Glibc.log(p) + (all - at) * log1p(-p)
    var values = [Double](repeating: 0, count: count + 1)
    values[mode] = exp(log)
    for place in stride(from: mode, to: count, by: 1) {
      values[place + 1] = values[place] * Double(count - place) / Double(place + 1) * p / (1 - p)
      if values[place + 1] == 0 { break }
    }
    for place in stride(from: mode, to: 0, by: -1) {
      values[place - 1] = values[place] * Double(place) / Double(count - place + 1) * (1 - p) / p
      if values[place - 1] == 0 { break }
    }
    // 2. All from `most` on together.
    guard count > most else { return values }
    return values[..<most] + [values[most...].reversed().reduce(0, +)]
  }
}

/// The chance that so many rows all lie in one of two samples, for ascending numbers of rows.
private struct UnseenChance {
  private let other: Int
  private let own: Int
  private var rows = 0
  private var product = 1.0

  /// More rows than these are not multiplied one by one.
  private static let mostFactors = 20_000

  init(other: Int, own: Int) { (self.other, self.own) = (other, own) }

  mutating func next(_ count: Int) -> Double {
    guard count <= own else { return 0 }
    guard count <= Self.mostFactors else {
      let (n, m, c) = (Double(other), Double(own), Double(count))
      return exp(
        GammaFunction.logarithm(m + 1) - GammaFunction.logarithm(m - c + 1)
          - GammaFunction.logarithm(n + m + 1) + GammaFunction.logarithm(n + m - c + 1))
    }
    while rows < count, product > 0 {
      product *= Double(own - rows) / Double(other + own - rows)
      rows += 1
    }
    return product
  }
}

/// The tail of a sum of yes and no, weighted, from its cumulant generating function K.
private struct UnseenSaddlepoint {
  private let groups: [UnseenRows.Group]

  init(_ groups: [UnseenRows.Group]) { self.groups = groups }

  /// K and its first three derivatives.
  private func cumulants(_ s: Double) -> (Double, Double, Double, Double) {
    var sums = (0.0, 0.0, 0.0, 0.0)
    for group in groups {
      let (c, levels, p) = (Double(group.rows), Double(group.levels), group.probability)
      let x = c * s
      sums.0 += levels * (x > 0 ? x + log(p + (1 - p) * exp(-x)) : log1p(p * expm1(x)))
      let q = 1 / (1 + (1 - p) / p * exp(-x))
      sums.1 += levels * c * q
      sums.2 += levels * c * c * q * (1 - q)
      sums.3 += levels * c * c * c * q * (1 - q) * (1 - 2 * q)
    }
    return sums
  }

  func upperTail(_ rows: Int) -> Double {
    let goal = Double(rows) - 0.5
    // 1. The place where the tilted sum has the wanted mean: by Newton's steps inside a bracket.
    var (low, high, s) = (-1.0, 1.0, 0.0)
    while cumulants(low).1 > goal, low > -1e6 { low *= 2 }
    while cumulants(high).1 < goal, high < 1e6 { high *= 2 }
    for _ in 0..<200 {
      let (_, mean, variance, _) = cumulants(s)
      if mean < goal { low = s } else { high = s }
      var next = s + (goal - mean) / variance
      if !(next > low && next < high) { next = 0.5 * (low + high) }
      if abs(next - s) <= 1e-13 * max(1e-3, abs(s)) { break }
      s = next
    }
    // 2. The formula of Lugannani and Rice; near the mean, where it is 0 / 0, its limit.
    let (k, _, variance, third) = cumulants(s)
    let skewness = third / (variance * variance.squareRoot())
    let root = max(0, 2 * (s * goal - k)).squareRoot() * (s < 0 ? -1 : 1)
    guard abs(root) > 1e-4 else { return 0.5 - skewness / (6 * (2 * Double.pi).squareRoot()) }
    let tilt = 2 * sinh(0.5 * s) * variance.squareRoot()
    let p = StandardNormal.upperTail(root) + StandardNormal.density(root) * (1 / tilt - 1 / root)
    return min(1, max(0, p))
  }
}
