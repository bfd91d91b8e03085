extension MaximumMeanDiscrepancy {
  /// What one or several shards add to a test: sums over their part of the kernel matrices, all of them
  /// integers.
  ///
  /// The sums of all shards add up to those of one process without an error, in any order, so the
  /// result has the same bytes. Each knows which rows and options it is of: sums that do not belong
  /// together are refused.
  ///
  /// ```swift
  /// typealias PartialSums = MaximumMeanDiscrepancy.PartialSums
  /// let parts = try (0..<3).map { machine in  // each on a machine of its own
  ///   let shard = try MaximumMeanDiscrepancy.Shard(index: machine, count: 3)
  ///   return try PartialSums(baseline: trained, current: served, shard: shard).encoded()
  /// }
  /// var whole = try PartialSums(decoding: parts[0])
  /// for bytes in parts.dropFirst() { try whole.merge(PartialSums(decoding: bytes)) }
  /// let test = try MaximumMeanDiscrepancy(baseline: trained, current: served, partialSums: whole)
  /// print(test.pValue)
  /// ```
  ///
  /// Products of rows come from BLAS, which may round differently on processors of another kind.
  /// Sums from several kinds make a test that is as exact, but its last digits are those of none.
  public struct PartialSums: Sendable, Hashable {
    /// How many shards there are.
    public let shardCount: Int
    /// Those whose sums these are, from 0.
    public private(set) var shards: Set<Int>
    let signature: KernelTest.Signature
    /// The sums of each kernel; none when all rows are equal.
    package private(set) var sums: [KernelSums]

    /// Computes the sums of a shard.
    ///
    /// - Parameters:
    ///   - baseline: n rows.
    ///   - current: m rows of the same columns.
    ///   - options: How the test is made; threads do not matter.
    ///   - shard: The part of the work.
    ///   - progress: Called on the calling thread from time to time with the share done, 0 to 1. An
    ///     error that it throws ends the work.
    /// - Throws: `StatisticsError` as for a test in one process; what `progress` throws.
    /// - Complexity: That of a test in one process divided by the number of shards, and for each of
    ///   them O(B^2 d) for the bandwidth from B = 5,000 rows at most and O((n + m) (d + P)).
    public init(
      baseline: SampleMatrix, current: SampleMatrix, options: Options = Options(), shard: Shard,
      progress: (Double) throws -> Void = { _ in }
    ) throws {
      let test = try KernelTest(baseline: baseline, current: current, options: options) {
        try progress(0.1 * $0)
      }
      try self.init(test, shard: shard) { try progress(0.1 + 0.9 * $0) }
    }

    package init(_ test: KernelTest, shard: Shard, progress: (Double) throws -> Void) throws {
      self.init(
        shards: [shard.index], of: shard.count, signature: test.signature,
        sums: try test.sums(of: shard, progress: progress))
    }

    package init(
      shards: Set<Int>, of count: Int, signature: KernelTest.Signature, sums: [KernelSums]
    ) {
      self.shards = shards
      shardCount = count
      self.signature = signature
      self.sums = sums
    }

    /// Adds the sums of other shards of the same test; the order does not matter.
    ///
    /// - Throws: ``PartialSumsError`` for sums of another test, and for a shard that is there
    ///   already.
    /// - Complexity: O(P) for P permutations.
    public mutating func merge(_ other: Self) throws(PartialSumsError) {
      guard other.shardCount == shardCount else {
        throw PartialSumsError(
          .otherTest,
          "one of \(other.shardCount) shards, the sums before it are of \(shardCount); give the "
            + "sums of one run")
      }
      if let difference = other.signature.difference(from: signature) {
        throw PartialSumsError(
          .otherTest,
          "made with \(difference.found), the sums before it with \(difference.expected); make all "
            + "shards from the same rows with the same options")
      }
      if let twice = shards.intersection(other.shards).min() {
        throw PartialSumsError(
          .notWhole, "shard \(twice) of \(shardCount) was there before; give each shard once")
      }
      guard other.sums.count == sums.count, zip(other.sums, sums).allSatisfy({ $0.fits($1) }) else {
        throw .damaged()
      }
      shards.formUnion(other.shards)
      for kernel in sums.indices { sums[kernel].add(other.sums[kernel]) }
    }

    /// Checks that no shard is missing.
    ///
    /// - Throws: ``PartialSumsError`` that names those that are.
    /// - Complexity: O(shards).
    public func requireWhole() throws(PartialSumsError) {
      let missing = (0..<shardCount).filter { !shards.contains($0) }
      guard !missing.isEmpty else { return }
      let some = missing.prefix(10).map(String.init).joined(separator: ", ")
      throw PartialSumsError(
        .notWhole,
        "the sums of \(shards.count) of \(shardCount) shards; missing, from 0: \(some)"
          + (missing.count > 10 ? " and \(missing.count - 10) more" : "")
          + "; give those of all shards")
    }

    /// The sums of the whole matrices of a test.
    ///
    /// - Throws: ``PartialSumsError`` when they are not that.
    package func whole(of test: KernelTest) throws(PartialSumsError) -> [KernelSums] {
      try requireWhole()
      if let difference = signature.difference(from: test.signature) {
        throw PartialSumsError(
          .otherTest,
          "made with \(difference.found), this test has \(difference.expected); make the sums from "
            + "the same rows with the same options")
      }
      guard sums.count == test.widths.count,
        sums.allSatisfy({ $0.quadratic.count == test.permutations.count })
      else { throw .damaged() }
      return sums
    }
  }
}
