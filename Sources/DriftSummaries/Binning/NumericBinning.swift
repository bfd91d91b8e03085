package import DriftColumns

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

    /// The same bins by ascending, different, finite edges: others mean nothing.
    package var normalized: Method {
      guard case .edges(let edges) = self else { return self }
      return .edges(NumericBinning.given(edges))
    }
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
  package let edges: [Double]
  /// Numbers with a bin of their own, ascending.
  let atoms: [Double]
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
  /// - Complexity: O(n).
  public init(
    fitting values: [Double], method: Method = .quantile(bins: 10), minimumCount: Int = 10
  ) {
    let work = PieceWork()
    let numbers = NumberChunks(values)
    self.init(
      fitting: numbers, tally: NumberTally(numbers, work: work), method: method,
      minimumCount: minimumCount, work: work)
  }

  /// The same for a column in chunks, of which the tally is known.
  package init(
    fitting numbers: NumberChunks, tally: NumberTally, method: Method, minimumCount: Int,
    work: PieceWork
  ) {
    self.init(
      fitting: numbers, tally: tally, method: method, minimumCount: minimumCount, column: nil,
      work: work)
  }

  /// The same; `column` is the column put in order, if it was, with the values at `ranks` of the method
  /// known.
  package init(
    fitting numbers: NumberChunks, tally: NumberTally, method: Method, minimumCount: Int,
    column: BucketedColumn?, work: PieceWork
  ) {
    let count = tally.moments.count
    let values = { (ranks: [Int]) -> [Double] in
      column?.values(at: ranks)
        ?? OrderStatistics(numbers, tally: tally, work: work).values(at: ranks)
    }
    switch method {
    case .edges(let edges):
      self.init(edges: Self.given(edges), atoms: [])
    case .uniform(let bins):
      let ends = values(method.ranks(count: count))
      guard let first = ends.first, let last = ends.last, first < last else {
        self.init(values: count >= max(minimumCount, 1) ? Array(ends.prefix(1)) : [])
        return
      }
      self.init(edges: Self.uniformEdges(from: first, to: last, bins: bins), atoms: [])
    case .quantile(let bins):
      if let few = ValueCounts(numbers, tally: tally, limit: bins, work: work) {
        self.init(values: few.counts.filter { $0.count >= minimumCount }.map(\.value))
        return
      }
      let ranks = method.ranks(count: count)
      let found = Dictionary(uniqueKeysWithValues: zip(ranks, values(ranks)))
      // Every rank that is asked for is among `ranks`.
      self.init(
        quantiles: Quantiles.edges(count: count, parts: max(bins, 1)) { found[$0] ?? .nan })
    }
  }

  /// The same for values that stand for rows.
  package init(fitting values: WeightedValues, method: Method, minimumCount: Int) {
    switch method {
    case .edges(let edges):
      self.init(edges: Self.given(edges), atoms: [])
    case .uniform(let bins):
      guard let first = values.items.first?.value, let last = values.items.last?.value,
        first < last
      else {
        self.init(
          values: values.count >= max(minimumCount, 1) ? values.items.prefix(1).map(\.value) : [])
        return
      }
      self.init(edges: Self.uniformEdges(from: first, to: last, bins: bins), atoms: [])
    case .quantile(let bins):
      if let few = values.few(bins) {
        self.init(values: few.filter { $0.count >= minimumCount }.map(\.value))
        return
      }
      self.init(
        quantiles: Quantiles.edges(count: values.count, parts: max(bins, 1)) {
          values.value(at: $0)
        })
    }
  }

  /// Bins that were chosen before.
  package init(frozenEdges edges: [Double], atoms: [Double], isSingleValues: Bool) {
    if isSingleValues {
      self.init(values: atoms)
    } else {
      self.init(edges: edges, atoms: atoms)
    }
  }

  /// Whether all bins but the last hold one value each.
  var isSingleValues: Bool { intervalBins.count == 1 && bins.last == .other }

  /// The same by sorting: the slow reference.
  package init(fittingSorted sorted: [Double], method: Method, minimumCount: Int) {
    switch method {
    case .edges(let edges):
      self.init(edges: Self.given(edges), atoms: [])
    case .uniform(let bins):
      guard let first = sorted.first, let last = sorted.last, first < last else {
        self.init(values: Self.frequent(sorted, minimumCount: minimumCount))
        return
      }
      self.init(edges: Self.uniformEdges(from: first, to: last, bins: bins), atoms: [])
    case .quantile(let bins):
      if Self.distinct(sorted).count <= bins {
        self.init(values: Self.frequent(sorted, minimumCount: minimumCount))
        return
      }
      self.init(quantiles: Quantiles.edges(ofSorted: sorted, parts: max(bins, 1)))
    }
  }

  private static func uniformEdges(from first: Double, to last: Double, bins: Int) -> [Double] {
    var highest = first
    let edges = (1..<max(bins, 1)).map { part in
      // A weighted mean of the ends: the width of the range may overflow. In a range of a few doubles
      // rounding may lead back.
      let share = Double(part) / Double(bins)
      highest = max(highest, first * (1 - share) + last * share)
      return highest
    }
    return distinct(edges.filter { $0 > first })
  }

  /// Bins between quantiles; a value that several of them share gets one of its own.
  private init(quantiles: [Double]) {
    let atoms = zip(quantiles, quantiles.dropFirst()).filter { $0 == $1 }.map(\.0)
    self.init(
      edges: Self.distinct(quantiles).dropFirst().dropLast().map { $0 },
      atoms: Self.distinct(atoms))
  }

  /// One bin for each of these values, and one for every other number.
  private init(values signed: [Double]) {
    let values = signed.map { $0 + 0 }
    bins = values.map { .value($0) } + [.other]
    edges = []
    atoms = values
    atomBins = Array(values.indices)
    intervalBins = [values.count]
  }

  private init(edges signedEdges: [Double], atoms signedAtoms: [Double]) {
    // -0 is 0: which of them comes first in a column must not show.
    let (edges, atoms) = (signedEdges.map { $0 + 0 }, signedAtoms.map { $0 + 0 })
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
  /// - Complexity: O(n) for a few bins, O(n log bins) for many.
  public func counts(of values: [Double]) -> [Int] { counter.counts(of: values) }

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

  private static func given(_ edges: [Double]) -> [Double] {
    distinct(edges.filter(\.isFinite).sorted())
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
