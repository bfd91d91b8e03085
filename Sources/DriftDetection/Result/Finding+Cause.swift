public import DriftStatistics

extension Finding {
  /// The bins that most of an index comes from.
  public struct Cause: Sendable, Hashable, Codable {
    /// A bin, and what became of it.
    public struct Part: Sendable, Hashable, Codable {
      /// What falls into the bin.
      public let content: PopulationStabilityIndex.Content
      /// Its name.
      public let label: String
      /// Its lower bound; nil where there is none.
      public let lower: Double?
      /// Its upper bound; nil where there is none, equal to `lower` for one number.
      public let upper: Double?
      /// Its share of the baseline's rows.
      public let baselineShare: Double
      /// Its share of the current rows.
      public let currentShare: Double
    }

    /// One bin that at least half of the index comes from, or two that it comes from together.
    public let parts: [Part]

    /// The cause of an index; nil where it comes from many bins.
    init?(_ index: PopulationStabilityIndex) {
      let bins = index.bins
      let largest = bins.indices.sorted {
        (bins[$0].contribution, $1) > (bins[$1].contribution, $0)
      }.prefix(2)
      let half = bins.reduce(0) { $0 + $1.contribution } / 2
      guard half > 0, let first = largest.first else { return nil }
      let chosen = bins[first].contribution >= half ? largest.prefix(1) : largest
      guard chosen.reduce(0, { $0 + bins[$1].contribution }) >= half else { return nil }
      func share(_ count: (PopulationStabilityIndex.Bin) -> Int, _ bin: Int) -> Double {
        Double(count(bins[bin])) / Double(max(1, bins.reduce(0) { $0 + count($1) }))
      }
      parts = chosen.map { bin in
        Part(
          content: bins[bin].content, label: bins[bin].label, lower: bins[bin].lower,
          upper: bins[bin].upper, baselineShare: share(\.baselineCount, bin),
          currentShare: share(\.currentCount, bin))
      }
    }
  }
}

extension Finding.Cause: CustomStringConvertible {
  /// The cause in words, such as `most of it from missing cells, 0.0 % -> 31.0 %`.
  public var description: String {
    "most of it from " + parts.map(\.description).joined(separator: ", and ")
  }
}

extension Finding.Cause.Part: CustomStringConvertible {
  /// The bin and its shares in words.
  public var description: String {
    "\(name), \(NumberText.percent(baselineShare)) -> \(NumberText.percent(currentShare))"
  }

  private var name: String {
    switch content {
    case .missing: "missing cells"
    case .invalid: "invalid cells"
    case .valid: "valid cells"
    case .other: "all others"
    case .level: "level `\(LongText.cut(label, to: LongText.longestInSentence))`"
    case .values: values
    }
  }

  private var values: String {
    switch (lower, upper) {
    case (nil, nil): return label
    case (let lower?, let upper?) where lower == upper:
      return "the value \(NumberText.significant(lower, 15))"
    case (let lower?, let upper?):
      let texts = NumberText.pair(lower, upper, 4)
      return "values from \(texts.0) to \(texts.1)"
    case (let lower?, nil):
      return "values \(label.hasPrefix("(") ? ">" : ">=") \(NumberText.significant(lower, 4))"
    case (nil, let upper?): return "values < \(NumberText.significant(upper, 4))"
    }
  }
}
