internal import DriftStatistics

/// What the discrepancy between all numeric features comes from: the attribution of the kernel
/// two-sample test, by the names of features and the rows of the table.
///
/// A description, not a test; ``MaximumMeanDiscrepancy/Attribution`` says what the numbers mean.
public struct DiscrepancyCauses: Sendable, Hashable, Codable {
  /// A feature, and what MMD^2 is without it.
  public struct Feature: Sendable, Hashable, Codable {
    /// The feature's name.
    public let name: String
    /// The unbiased estimate of MMD^2 with the kernel of all other features.
    public let statisticWithout: Double
    /// What MMD^2 of the compared rows loses without the feature; below zero for one that only adds
    /// noise.
    public let drop: Double
    /// The feature's part of MMD^2, when both are compared with the mean kernel: about 0 for one
    /// that did not change, 1 where nothing is left without it. Nil when MMD^2 of the compared rows
    /// is less than four times the standard deviation that chance gives it: parts of so little are
    /// made by chance too.
    public let share: Double?
  }

  /// A row of the current data that the baseline explains least.
  public struct Row: Sendable, Hashable, Codable {
    /// Its number in the current table, from 1, not counting headings; the rows of several files go
    /// on counting. Nil when it is not known: from a profile of several files.
    public let number: Int?
    /// The mean kernel with the baseline's rows less that with the other current rows: below zero.
    public let witness: Double
    /// Up to three of its values, the most unusual first.
    public let values: [Value]
  }

  /// A value of a row, compared with the baseline's values of its feature.
  public struct Value: Sendable, Hashable, Codable {
    /// The feature's name.
    public let feature: String
    /// The value, finite.
    public let value: Double
    /// The value less the baseline's mean, in the baseline's standard deviations; nil where the
    /// baseline is constant and this is another value.
    public let standardised: Double?
  }

  /// The features that took part in the test, the largest share first.
  public let features: [Feature]
  /// How many rows of the baseline the features were compared on.
  public let baselineRows: Int
  /// How many rows of the current data the features were compared on.
  public let currentRows: Int
  /// Up to ten current rows with a negative witness, the most negative first.
  public let rows: [Row]

  /// The features, at most three, whose share is a twentieth or more and whose part of MMD^2 is at
  /// least twice the standard deviation that chance gives MMD^2: others may not have changed.
  public let drivers: [Feature]

  private static let notableShare = 0.05
}

extension DiscrepancyCauses {
  /// - Parameters:
  ///   - attribution: What the test's discrepancy comes from.
  ///   - names: The names of its columns.
  ///   - rows: Where the rows of the current sample are in their table, from 0; nil when it is not
  ///     known.
  init(_ attribution: MaximumMeanDiscrepancy.Attribution, names: [String], rows: [Int]?) {
    let chance = attribution.nullDeviation
    let isClear = attribution.statistic >= 4 * chance
    features = attribution.features.map {
      Feature(
        name: names[$0.column], statisticWithout: $0.statisticWithout, drop: $0.drop,
        share: isClear ? $0.share : nil)
    }
    drivers = features.prefix(3).filter {
      let share = $0.share ?? 0
      return share >= Self.notableShare
        && share * attribution.statistic >= 2 * chance
    }
    baselineRows = attribution.baselineRows
    currentRows = attribution.currentRows
    self.rows = attribution.rows.map { row in
      Row(
        number: rows.map { $0[row.row] + 1 }, witness: row.witness,
        values: row.values.map {
          Value(feature: names[$0.column], value: $0.value, standardised: $0.standardised)
        })
    }
  }

  /// The drivers in words; nil when no feature stands out.
  var reason: String? {
    let texts = drivers.enumerated().map { index, feature in
      let share = feature.share ?? 0
      // What is left without it may be below zero: noise, and nobody asks for more than all.
      let text = share >= 0.995 ? "all" : "\(NumberText.fixed(100 * share, 0)) %"
      return "\(feature.name) (\(text)\(index == 0 ? " of MMD^2" : ""))"
    }
    return texts.isEmpty ? nil : "driven by \(texts.joined(separator: ", "))"
  }
}
