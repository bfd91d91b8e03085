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

  /// Interior edges, ascending, as they are shown; interval i is left of edge i.
  package let edges: [Double]
  /// Where the intervals are cut: at the edges, or a little below those that are values of the
  /// baseline, so that such a value falls in the same bin however it is written.
  let edgeCuts: [Double]
  /// Numbers with a bin of their own, ascending.
  let atoms: [Double]
  /// Where the bins of atoms begin and end: with the numbers that are the same.
  let atomLowers: [Double]
  let atomUppers: [Double]
  /// The bin of every atom, and of every interval (of `other` if there are no intervals).
  private let atomBins: [Int]
  private let intervalBins: [Int]

  /// Whether all bins but the last hold one value each.
  var isSingleValues: Bool { intervalBins.count == 1 && bins.last == .other }

  /// A bin of its own for a number, and for all that are the same.
  package struct Atom {
    let name: Double
    let lower: Double
    let upper: Double
  }

  /// An edge, and where it cuts.
  package struct Edge {
    let name: Double
    let cut: Double
  }

  /// One bin for each of these values, and one for every other number.
  init(values: [Atom]) {
    // -0 is 0: which of them comes first in a column must not show.
    atoms = values.map { $0.name + 0 }
    (atomLowers, atomUppers) = (values.map(\.lower), values.map(\.upper))
    bins = atoms.map { .value($0) } + [.other]
    (edges, edgeCuts) = ([], [])
    atomBins = Array(values.indices)
    intervalBins = [values.count]
  }

  /// Bins between ascending edges, and those of ascending atoms.
  init(edges given: [Edge], atoms givenAtoms: [Atom]) {
    let (edges, atoms) = (given.map { $0.name + 0 }, givenAtoms.map { $0.name + 0 })
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
    edgeCuts = given.map { $0.cut + 0 }
    (atomLowers, atomUppers) = (givenAtoms.map { $0.lower + 0 }, givenAtoms.map { $0.upper + 0 })
    self.atomBins = atomBins
    self.intervalBins = intervalBins
  }

  /// The bin of a number, or nil for NaN.
  /// - Complexity: O(log bins).
  public func bin(of value: Double) -> Int? {
    guard !value.isNaN else { return nil }
    let atom = Self.partition(atomLowers) { $0 <= value } - 1
    if atom >= 0, value < atomUppers[atom] { return atomBins[atom] }
    return intervalBins[Self.partition(edgeCuts) { $0 <= value }]
  }

  /// How many of the values fall in each bin; NaN falls in none.
  /// - Complexity: O(n) for a few bins, O(n log bins) for many.
  public func counts(of values: [Double]) -> [Int] { counter.counts(of: values) }

  /// The first index for which `isBefore` does not hold.
  static func partition(_ values: [Double], isBefore: (Double) -> Bool) -> Int {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(values[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  static func given(_ edges: [Double]) -> [Double] {
    distinct(edges.filter(\.isFinite).sorted())
  }

  static func distinct(_ sorted: [Double]) -> [Double] {
    var result: [Double] = []
    for value in sorted where result.last != value { result.append(value) }
    return result
  }
}
