internal import DriftColumns
internal import DriftSummaries

extension MaximumMeanDiscrepancy {
  /// What a discrepancy comes from: a description of the samples that were tested, not a test.
  ///
  /// **Columns.** MMD^2 is estimated once more without each column, with the kernel of all others
  /// at the same bandwidth. Distances over fewer columns are shorter and so all kernel values, and
  /// with them MMD^2, larger. The column's `share` takes that out: 1 - (MMD^2 without it / mean
  /// kernel without it) / (MMD^2 / mean kernel), with the mean over all pairs of rows. It is about 0
  /// for a column that did not change and is independent of the others, and 1 where without it no
  /// difference is left. Columns that say the same share theirs, so that each of them looks small;
  /// where only their joint distribution changed each of them has nearly all of it. So shares do not
  /// add up to 1, and a small one does not prove that a column is as it was.
  ///
  /// **Rows.** The witness function f(z) = mean k(z, x) - mean k(z, y) is negative where the current
  /// sample is denser than the baseline. Rows of the current sample where it is most negative,
  /// each left out of its own mean, are those that the baseline explains least.
  ///
  /// Source: Gretton et al., JMLR 13 (2012), sections 2.3 and 3.1.
  public struct Attribution: Sendable, Hashable {
    /// A column, and what the statistic is without it.
    public struct Feature: Sendable, Hashable {
      /// The column's place in the samples, from 0.
      public let column: Int
      /// The unbiased estimate of MMD^2 with the kernel of all other columns.
      public let statisticWithout: Double
      /// The statistic of the compared rows less `statisticWithout`: below zero for a column that
      /// only adds noise.
      public let drop: Double
      /// The column's part of the statistic, when both are compared with the mean kernel; about 1 at
      /// most. Nil when the statistic of the compared rows is not above zero.
      public let share: Double?
    }

    /// A row of the current sample that the baseline explains least.
    public struct Row: Sendable, Hashable {
      /// Its place in the current sample, from 0.
      public let row: Int
      /// The witness function there, from -1 to 0.
      public let witness: Double
      /// Up to three of its values, the most unusual first.
      public let values: [Value]
    }

    /// A value of a row, compared with the baseline's values of its column.
    public struct Value: Sendable, Hashable {
      /// The column's place in the samples, from 0.
      public let column: Int
      /// The value as it is in the sample, finite.
      public let value: Double
      /// The value less the baseline's mean, in the baseline's standard deviations (n - 1); nil
      /// where the baseline is constant and this is another value.
      public let standardised: Double?
    }

    /// The statistic of the compared rows: the test's when all of its rows were compared.
    public let statistic: Double
    /// The standard deviation that chance alone gives the statistic of the compared rows: that of the
    /// permuted statistics, times (1/a + 1/b) / (1/n + 1/m) for a and b compared of n and m rows.
    /// A part of the statistic that is not well above it, say twice, may be nothing.
    public let nullDeviation: Double
    /// How many rows of the baseline were compared.
    public let baselineRows: Int
    /// How many rows of the current sample were compared.
    public let currentRows: Int
    /// All columns that took part in the test, the largest share first; by `drop` without shares.
    public let features: [Feature]
    /// Up to ten rows with a negative witness, the most negative first.
    public let rows: [Row]
  }

  /// Finds what the discrepancy comes from.
  ///
  /// ```swift
  /// let test = try MaximumMeanDiscrepancy(baseline: trained, current: served)
  /// if test.pValue < 0.01 {
  ///   let causes = try test.attribution(baseline: trained, current: served)
  ///   print(causes.features.map(\.column), causes.rows.map(\.row))
  /// }
  /// ```
  ///
  /// At most 1,000 rows of each sample are compared for the columns, fewer with more than 134
  /// columns: a uniform sample, chosen by the seed, of those that took part in the test. All current
  /// rows of the test are looked at, each against the compared ones. What is given of columns and
  /// rows is computed in double precision and is right to 1e-11; like the test's, the result has the
  /// same bytes for any number of threads.
  ///
  /// - Parameters:
  ///   - baseline: The baseline of the test.
  ///   - current: The current sample of the test.
  ///   - options: The options of the test.
  ///   - progress: Called on the calling thread with the share done, 0 to 1. An error that it throws
  ///     ends the work.
  /// - Returns: The columns by their share, and the rows with the most negative witness.
  /// - Throws: `StatisticsError.invalidArgument` when this is not the test of these samples and
  ///   options; what `progress` throws.
  /// - Complexity: O(R^2 d + m R d) for d columns, m current rows and R compared rows of each
  ///   sample, at most 2^28 kernel values for the columns: with 30 columns a twentieth of a second on
  ///   two processors, with hundreds some tenths.
  public func attribution(
    baseline: SampleMatrix, current: SampleMatrix, options: Options = Options(),
    progress: (Double) throws -> Void = { _ in }
  ) throws -> Attribution {
    try options.validate()
    let plan = PermutationPlan(
      baseline: baseline.rowCount, current: current.rowCount, options: options)
    let isSame =
      baseline.columnCount == current.columnCount && plan.unit == unit
      && plan.baselineRows.count == baselineRows && plan.currentRows.count == currentRows
    guard isSame else { throw Self.otherSamples }
    let rows = try Standardisation(
      baseline: baseline.selecting(rows: plan.baselineRows),
      current: current.selecting(rows: plan.currentRows), scale: options.scale,
      threads: options.threads)
    guard rows.columns == columns else { throw Self.otherSamples }
    return try attribution(
      baseline: baseline, current: current, plan: plan, rows: rows, options: options,
      progress: progress)
  }

  /// The same for samples whose rows were standardised for the test.
  package func attribution(
    baseline: SampleMatrix, current: SampleMatrix, plan: PermutationPlan, rows: Standardisation,
    options: Options, progress: (Double) throws -> Void
  ) throws -> Attribution {
    let work = AttributionWork(
      rows: rows, baselineRows: baselineRows, sigma: bandwidth / rows.unit, options: options)
    let sums = try work.leaveOneOut { try progress(0.5 * $0) }
    let lowest = try work.lowestWitnesses(Self.mostRows) { try progress(0.5 + 0.5 * $0) }
    let unusual = try UnusualValues(
      baseline: baseline, rows: plan.baselineRows, columns: columns, threads: options.threads)
    let chance = nullDeviation(baselineRows: work.baseline.count, currentRows: work.current.count)
    return Attribution(
      statistic: sums.all.statistic, nullDeviation: chance, baselineRows: work.baseline.count,
      currentRows: work.current.count,
      features: Self.ranked(sums, columns: columns),
      rows: lowest.filter { $0.value < 0 }.map {
        let row = plan.currentRows[$0.row]
        return Attribution.Row(
          row: row, witness: $0.value, values: unusual.values(ofRow: row, in: current))
      })
  }

  private static let otherSamples = StatisticsError(
    code: .invalidArgument,
    message: "these are not the samples and options of the test; pass the same again")

  /// The standard deviation of the statistic of so many rows without drift. Its kernel is degenerate
  /// then, so it falls with the rows, not with their root (Gretton et al. 2012, theorem 12).
  private func nullDeviation(baselineRows a: Int, currentRows b: Int) -> Double {
    let null = Moments(nullStatistics)
    func inverse(_ x: Int, _ y: Int) -> Double { 1 / Double(x) + 1 / Double(y) }
    return (null.standardDeviation ?? 0) * inverse(a, b) / inverse(baselineRows, currentRows)
  }

  /// The columns by their share, those of equal shares in their order.
  private static func ranked(
    _ sums: AttributionWork.LeaveOneOut, columns: [Int]
  ) -> [Attribution.Feature] {
    let all = sums.all
    let features = zip(columns, sums.without).map { column, without in
      Attribution.Feature(
        column: column, statisticWithout: without.statistic,
        drop: all.statistic - without.statistic,
        share: all.statistic > 0
          ? 1 - without.statistic / without.mean / (all.statistic / all.mean) : nil)
    }
    func rank(_ feature: Attribution.Feature) -> Double { feature.share ?? feature.drop }
    return features.sorted { (rank($1), $0.column) < (rank($0), $1.column) }
  }

  private static let mostRows = 10
}
