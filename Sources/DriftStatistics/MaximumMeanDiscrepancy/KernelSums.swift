/// What the statistic of every permutation follows from.
///
/// With K0 the kernel matrix less a constant and without its diagonal, and a the 0/1 vector of the
/// units that a permutation gives to the first sample. All sums are exact integers in units of
/// 2^-`bits`: they do not depend on threads, tiles or the order of the work.
///
/// All of them are linear in K0: those of parts of the matrix add up to those of the whole.
package struct KernelSums: Sendable, Hashable {
  /// Sums of the observed samples in finer units.
  struct Observed: Sendable, Hashable {
    /// First with first, ordered pairs.
    var first: Int128 = 0
    /// First with second, pairs.
    var between: Int128 = 0
    /// Second with second, ordered pairs.
    var second: Int128 = 0

    mutating func add(_ other: Observed) {
      first += other.first
      between += other.between
      second += other.second
    }
  }

  /// a' K0 a, by permutation.
  var quadratic: [Int128]
  /// a' K0 1, by permutation.
  var linear: [Int128]
  /// 1' K0 1.
  var total: Int128
  /// The binary digits behind the point.
  var bits: Int
  /// Sums of the observed samples, where they were taken.
  var observed: Observed?
  /// The binary digits behind the point of `observed`.
  var observedBits = 0

  /// No sums.
  static func none(permutations count: Int) -> KernelSums {
    let zeros = [Int128](repeating: 0, count: count)
    return KernelSums(quadratic: zeros, linear: zeros, total: 0, bits: 0)
  }

  /// Makes room for the sums of so many permutations.
  mutating func reserve(_ count: Int) {
    quadratic.reserveCapacity(count)
    linear.reserveCapacity(count)
  }

  /// Appends the sums of more permutations of the same part of the matrix.
  mutating func append(_ more: KernelSums) {
    quadratic += more.quadratic
    linear += more.linear
  }

  /// The sums of some of the permutations.
  subscript(some: Range<Int>) -> KernelSums {
    var sums = self
    sums.quadratic = Array(quadratic[some])
    sums.linear = Array(linear[some])
    return sums
  }

  /// Whether other sums are of the same permutations and in the same units.
  func fits(_ other: KernelSums) -> Bool {
    quadratic.count == other.quadratic.count && linear.count == other.linear.count
      && bits == other.bits && observedBits == other.observedBits
      && (observed == nil) == (other.observed == nil)
  }

  /// Adds the sums of another part of the matrix, which must fit.
  mutating func add(_ other: KernelSums) {
    for p in quadratic.indices {
      quadratic[p] += other.quadratic[p]
      linear[p] += other.linear[p]
    }
    total += other.total
    if let more = other.observed { observed?.add(more) }
  }

  /// The unbiased statistic of permutation `p`, with n rows in the first sample and m in the other.
  ///
  /// MMD^2 = q / (n (n - 1)) + (S - 2 s + q) / (m (m - 1)) - 2 (s - q) / (n m)
  func statistic(_ p: Int, n: Double, m: Double) -> Double {
    let q = quadratic[p]
    let s = linear[p]
    let value =
      Double(q) / (n * (n - 1)) + Double(total - 2 * s + q) / (m * (m - 1))
      - 2 * Double(s - q) / (n * m)
    return value / Double(sign: .plus, exponent: bits, significand: 1)
  }

  /// The unbiased statistic of the observed samples, as exact as the kernel values are.
  func observedStatistic(n: Double, m: Double) -> Double {
    guard let observed else { return statistic(0, n: n, m: m) }
    let value =
      Double(observed.first) / (n * (n - 1)) + Double(observed.second) / (m * (m - 1))
      - 2 * Double(observed.between) / (n * m)
    return value / Double(sign: .plus, exponent: observedBits, significand: 1)
  }

  /// a' values for every permutation.
  static func linear(_ values: [Int64], _ memberships: Memberships) -> [Int128] {
    // Halves of 32 bits: the sums of both fit 64 bits for any number of units.
    let high = memberships.totals(of: values.map { $0 >> 32 })
    let low = memberships.totals(of: values.map { $0 & 0xFFFF_FFFF })
    return zip(high, low).map { (Int128($0) << 32) + Int128($1) }
  }
}
