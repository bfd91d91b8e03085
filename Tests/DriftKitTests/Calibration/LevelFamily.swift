import DriftKit

/// Distributions of categorical columns that the claims are tested on.
enum LevelFamily: String, Sendable, CaseIterable {
  /// Four levels with shares of 50, 30, 15 and 5 %.
  case few
  /// Thirty levels of equal share.
  case even30
  /// A hundred levels of equal share.
  case even100
  /// Two levels, the second in one row of 200.
  case rare
  /// 2,000 levels, shares in proportion to 1/rank (Zipf).
  case zipf
  /// 10,000 levels, shares in proportion to rank^-1.5.
  case steepZipf
  /// 20,000 levels of equal share: most are seen once, some twice.
  case nearIdentifier
  /// A level of its own in every row.
  case identifier

  fileprivate var weights: [Double] {
    switch self {
    case .few: [0.5, 0.3, 0.15, 0.05]
    case .even30: [Double](repeating: 1, count: 30)
    case .even100: [Double](repeating: 1, count: 100)
    case .rare: [0.995, 0.005]
    case .zipf: (1...2000).map { 1 / Double($0) }
    case .steepZipf: (1...10_000).map { 1 / (Double($0) * Double($0).squareRoot()) }
    case .nearIdentifier: [Double](repeating: 1, count: 20_000)
    case .identifier: []
    }
  }
}

/// Draws the counts of categorical columns.
struct LevelSampler: Sendable {
  private let levels: [Level]
  private let cumulative: [Double]
  private var serial = 0

  init(_ family: LevelFamily) {
    let weights = family.weights
    levels = weights.indices.map { Level("level \($0)") }
    var total = 0.0
    cumulative = weights.map {
      total += $0
      return total
    }
  }

  /// The counts of a sample.
  mutating func sample(_ count: Int, _ source: inout RandomSource) throws -> LevelCounts {
    guard let total = cumulative.last else { return try identifiers(count) }
    var drawn: [Int: Int] = [:]
    for _ in 0..<count { drawn[index(of: source.uniform() * total), default: 0] += 1 }
    return try LevelCounts(
      counts: Dictionary(uniqueKeysWithValues: drawn.map { (levels[$0.key], $0.value) }))
  }

  /// As many levels that were never drawn before.
  private mutating func identifiers(_ count: Int) throws -> LevelCounts {
    let first = serial
    serial += count
    return try LevelCounts(
      counts: Dictionary(
        uniqueKeysWithValues: (first..<serial).map { (Level("id-\($0)"), 1) }))
  }

  private func index(of value: Double) -> Int {
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
