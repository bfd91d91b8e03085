package import CInstructionSets
package import DriftColumns

extension MaximumMeanDiscrepancy {
  /// How the test is made. The defaults are those of the program.
  public struct Options: Sendable, Hashable {
    /// How many random permutations to draw, 1 to 1,000,000; all splits are enumerated when there
    /// are no more.
    public var permutations: Int
    /// What is permuted.
    public var unit: UnitChoice
    /// The width of the kernel.
    public var bandwidth: Bandwidth
    /// How columns of different size are made comparable.
    public var scale: Scale
    /// The precision of the kernel values.
    public var precision: Precision
    /// The most rows of each sample that take part, 2 to 1,000,000; more are thinned out by a
    /// uniform sample.
    public var maximumRows: Int
    /// Chooses permutations and samples; the result is a function of it.
    public var seed: UInt64
    /// The most threads to use. The result does not depend on it.
    public var threads: Int

    /// Blocks of rows along one side of a tile: memory against speed, never the result.
    package var tileBlocks = 8
    /// Bytes for the bits and sums of the permutations that are taken at a time: memory against
    /// speed, never the result.
    package var permutationBytes = 256 << 20
    /// The most rows of each sample that are compared to find what a discrepancy comes from.
    package var comparedRows = 1_000
    /// Distances that a thread keeps on the way to the median: memory against speed, never the
    /// result.
    package var keptDistances = 1 << 20
    /// How permutations of single rows are summed in single precision; never changes the result.
    package var permutationSums = PermutationSums.lookup
    /// What the inner loops are compiled for; the processor must have it. Never changes the result.
    package var instructionSet = InstructionSet.best

    /// Options; those that are not given are the defaults.
    public init(
      permutations: Int = 999, unit: UnitChoice = .automatic, bandwidth: Bandwidth = .median,
      scale: Scale = .pooled, precision: Precision = .single, maximumRows: Int = 20_000,
      seed: UInt64 = 0, threads: Int = 1
    ) {
      self.permutations = permutations
      self.unit = unit
      self.bandwidth = bandwidth
      self.scale = scale
      self.precision = precision
      self.maximumRows = maximumRows
      self.seed = seed
      self.threads = threads
    }

    private static func require(_ name: String, _ value: Int, in range: ClosedRange<Int>)
      throws(StatisticsError)
    {
      guard !range.contains(value) else { return }
      let expected =
        range.upperBound == .max
        ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      throw StatisticsError(
        code: .invalidArgument, message: "\(name) is \(value), expected \(expected)")
    }

    package func validate() throws(StatisticsError) {
      try Self.require("permutations", permutations, in: 1...1_000_000)
      try Self.require("threads", threads, in: 1...Int.max)
      try Self.require("maximumRows", maximumRows, in: 2...1_000_000)
      if case .fixed(let sigma) = bandwidth, !(sigma > 0 && sigma.isFinite) {
        throw StatisticsError(
          code: .invalidArgument, message: "bandwidth is \(sigma), expected a positive number")
      }
    }
  }

  /// How permutations of single rows are summed.
  package enum PermutationSums: String, Sendable, Hashable, CaseIterable {
    /// By look-up in tables of subset sums.
    case lookup
    /// By matrix product.
    case product
  }

  /// What is permuted.
  public enum UnitChoice: String, Sendable, Hashable, CaseIterable {
    /// Rows up to 10,000 rows of both samples together, blocks above.
    case automatic = "auto"
    /// Single rows.
    case rows
    /// Blocks of rows.
    case blocks
  }

  /// What was permuted.
  public enum Unit: String, Sendable, Hashable, Codable {
    /// Single rows.
    case rows
    /// Blocks of rows.
    case blocks
  }

  /// The width sigma of the kernel exp(-||a - b||^2 / (2 sigma^2)).
  public enum Bandwidth: Sendable, Hashable {
    /// sigma^2 is half the median squared distance of the pooled rows.
    case median
    /// This sigma, in the units of the scaled values.
    case fixed(Double)
  }

  /// How columns of different size are made comparable.
  public enum Scale: String, Sendable, Hashable, CaseIterable {
    /// Each column by its pooled mean and standard deviation.
    case pooled
    /// Values stay as they are.
    case none
  }

  /// The precision of the kernel values. Sums are exact in both.
  public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// The statistic is right to 1e-6. Small tests are computed in double precision all the same.
    case single
    /// The statistic is right to 1e-12.
    case double
  }
}
