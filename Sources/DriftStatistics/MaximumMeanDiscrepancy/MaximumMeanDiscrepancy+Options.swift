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
    /// How the kernels' widths are chosen, where `bandwidth` does not give one.
    public var kernels: KernelChoice
    /// The width sigma of the only kernel, in the units of the scaled values; nil for those that
    /// `kernels` chooses.
    public var bandwidth: Double?
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
    /// The most rows of each sample whose separability is looked at.
    package var separatedRows = 5_000
    /// Distances that a thread keeps on the way to the median: memory against speed, never the
    /// result.
    package var keptDistances = 1 << 20
    /// How permutations of single rows are summed in single precision; never changes the result.
    package var permutationSums = PermutationSums.lookup
    /// What the inner loops are compiled for; the processor must have it. Never changes the result.
    package var instructionSet = InstructionSet.best

    /// Options; those that are not given are the defaults.
    public init(
      permutations: Int = 999, unit: UnitChoice = .automatic, kernels: KernelChoice = .ladder,
      bandwidth: Double? = nil, scale: Scale = .ranks, precision: Precision = .single,
      maximumRows: Int = 20_000, seed: UInt64 = 0, threads: Int = 1
    ) {
      self.permutations = permutations
      self.unit = unit
      self.kernels = kernels
      self.bandwidth = bandwidth
      self.scale = scale
      self.precision = precision
      self.maximumRows = maximumRows
      self.seed = seed
      self.threads = threads
    }

    /// The names of the kernels, the narrowest first.
    func kernelNames(count: Int) -> [String] {
      if bandwidth != nil { return ["fixed"] }
      switch kernels {
      case .median: return ["median"]
      case .ladder: return (1...max(1, count)).map { "ladder \($0)" }
      }
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
      if let sigma = bandwidth, !(sigma > 0 && sigma.isFinite) {
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
    /// Blocks where they have two rows or more, which is from 2,000 rows of both samples together
    /// and 40 rows of each on; else rows.
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

  /// How the widths sigma of the kernels exp(-||a - b||^2 / (2 sigma^2)) are chosen: from the pooled
  /// rows alone, so that the test stays exact.
  public enum KernelChoice: String, Sendable, Hashable, CaseIterable {
    /// Four kernels, whose widths are a geometric sequence from half the 5 % quantile to the 95 %
    /// quantile of the distances that are not zero. The test is that of the kernel that sees most.
    case ladder
    /// One kernel; sigma^2 is half the median squared distance.
    case median
  }

  /// How columns of different size are made comparable.
  public enum Scale: String, Sendable, Hashable, CaseIterable {
    /// Each column by its pooled ranks, ties sharing theirs, to mean 0 and variance 1: no outlier
    /// blinds the test, and an increasing transform of a column does not change it.
    case ranks
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
