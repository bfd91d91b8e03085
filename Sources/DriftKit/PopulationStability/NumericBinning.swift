/// Bins of a numeric column, frozen from the baseline.
///
/// Every number falls in exactly one bin, seen or never seen before, finite or not.
public struct NumericBinning: Sendable, Hashable {
  /// How bins are chosen.
  public enum Method: Sendable, Hashable {
    /// Bins of about equal share of the baseline; values that fill whole bins get one of their own.
    case quantile(bins: Int)
    /// Bins of equal width over the range of the baseline, the outer ones open.
    case uniform(bins: Int)
    /// Bins between these edges, the outer ones open.
    case edges([Double])
  }

  /// What a bin holds.
  public enum Bin: Sendable, Hashable {
    /// The numbers in [lower, upper), less those that have a bin of their own.
    case interval(lower: Double, upper: Double)
    /// One number.
    case value(Double)
    /// Every number without a bin of its own.
    case other
  }

  /// The bins, in order.
  public let bins: [Bin]

  /// Interior edges, ascending; interval i is left of edge i.
  private let edges: [Double]
  /// Numbers with a bin of their own, ascending.
  private let atoms: [Double]
  /// The bin of every atom, and of every interval (of `other` if there are no intervals).
  private let atomBins: [Int]
  private let intervalBins: [Int]

  /// Chooses the bins for a baseline.
  ///
  /// - Parameters:
  ///   - values: The baseline; values that are not finite are left out.
  ///   - method: How bins are chosen.
  ///   - minimumCount: In a baseline of few different values, how many rows a value needs to get a
  ///     bin of its own.
  /// - Complexity: O(n log n).
  public init(
    fitting values: [Double], method: Method = .quantile(bins: 10), minimumCount: Int = 10
  ) {
    var sorted = values.filter(\.isFinite)
    sorted.sort()
    self.init(fittingSorted: sorted, method: method, minimumCount: minimumCount)
  }

  package init(fittingSorted sorted: [Double], method: Method, minimumCount: Int) {
    switch method {
    case .edges(let edges):
      self.init(edges: Self.distinct(edges.sorted()), atoms: [])
    case .uniform(let bins):
      guard let first = sorted.first, let last = sorted.last, first < last else {
        self.init(values: Self.frequent(sorted, minimumCount: minimumCount))
        return
      }
      // A weighted mean of the ends: the width of the range may overflow.
      let edges = (1..<max(bins, 1)).map { part in
        let share = Double(part) / Double(bins)
        return first * (1 - share) + last * share
      }
      self.init(edges: Self.distinct(edges.filter { $0 > first }), atoms: [])
    case .quantile(let bins):
      if Self.distinct(sorted).count <= bins {
        self.init(values: Self.frequent(sorted, minimumCount: minimumCount))
        return
      }
      let quantiles = Quantiles.edges(ofSorted: sorted, parts: max(bins, 1))
      let atoms = zip(quantiles, quantiles.dropFirst()).filter { $0 == $1 }.map(\.0)
      self.init(
        edges: Self.distinct(quantiles).dropFirst().dropLast().map { $0 },
        atoms: Self.distinct(atoms))
    }
  }

  /// One bin for each of these values, and one for every other number.
  private init(values: [Double]) {
    bins = values.map { .value($0) } + [.other]
    edges = []
    atoms = values
    atomBins = Array(values.indices)
    intervalBins = [values.count]
  }

  private init(edges: [Double], atoms: [Double]) {
    var bins: [Bin] = []
    var atomBins: [Int] = []
    var intervalBins: [Int] = []
    let bounds = [-Double.infinity] + edges + [.infinity]
    var rest = atoms[...]
    for (lower, upper) in zip(bounds, bounds.dropFirst()) {
      // An atom at the lower edge comes before its interval, one inside it comes after.
      while let atom = rest.first, atom == lower {
        atomBins.append(bins.count)
        bins.append(.value(atom))
        rest.removeFirst()
      }
      intervalBins.append(bins.count)
      bins.append(.interval(lower: lower, upper: upper))
      while let atom = rest.first, atom < upper || upper == .infinity {
        atomBins.append(bins.count)
        bins.append(.value(atom))
        rest.removeFirst()
      }
    }
    self.bins = bins
    self.edges = edges
    self.atoms = atoms
    self.atomBins = atomBins
    self.intervalBins = intervalBins
  }

  /// The bin of a number, or nil for NaN.
  /// - Complexity: O(log bins).
  public func bin(of value: Double) -> Int? {
    guard !value.isNaN else { return nil }
    let atom = Self.partition(atoms) { $0 < value }
    if atom < atoms.count, atoms[atom] == value { return atomBins[atom] }
    return intervalBins[Self.partition(edges) { $0 <= value }]
  }

  /// How many of the values fall in each bin; NaN falls in none.
  /// - Complexity: O(n log bins).
  public func counts(of values: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: bins.count)
    for value in values {
      if let bin = bin(of: value) { counts[bin] += 1 }
    }
    return counts
  }

  /// The first index for which `isBefore` does not hold.
  private static func partition(_ values: [Double], isBefore: (Double) -> Bool) -> Int {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(values[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func distinct(_ sorted: [Double]) -> [Double] {
    var result: [Double] = []
    for value in sorted where result.last != value { result.append(value) }
    return result
  }

  private static func frequent(_ sorted: [Double], minimumCount: Int) -> [Double] {
    var result: [Double] = []
    var start = 0
    while start < sorted.count {
      var end = start
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      if end - start >= minimumCount { result.append(sorted[start]) }
      start = end
    }
    return result
  }
}

extension NumericBinning {
  /// A name for a bin, such as `[0.25, 0.5)`, `{0}` or `other`.
  public func label(of index: Int) -> String {
    switch bins[index] {
    case .value(let value): return "{\(value)}"
    case .other: return "other"
    case .interval(let lower, let upper):
      let isOpen = lower == -.infinity || atoms.contains(lower)
      let inside = atoms.filter { $0 > lower && $0 < upper }
      let except = inside.map { "{\($0)}" }.joined(separator: ", ")
      return "\(isOpen && lower != -.infinity ? "(" : "[")"
        + "\(Self.text(lower)), \(Self.text(upper))\(upper == .infinity ? "]" : ")")"
        + (inside.isEmpty ? "" : " except \(except)")
    }
  }

  /// The lower bound of a bin; nil where it has none.
  public func lower(of index: Int) -> Double? {
    switch bins[index] {
    case .value(let value): value
    case .interval(let lower, _): lower.isFinite ? lower : nil
    case .other: nil
    }
  }

  /// The upper bound of a bin; nil where it has none.
  public func upper(of index: Int) -> Double? {
    switch bins[index] {
    case .value(let value): value
    case .interval(_, let upper): upper.isFinite ? upper : nil
    case .other: nil
    }
  }

  private static func text(_ bound: Double) -> String {
    bound == -.infinity ? "-inf" : bound == .infinity ? "inf" : "\(bound)"
  }
}
