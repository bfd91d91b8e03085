internal import DriftDetection

/// The names of the bins of a feature as people read them: bounds are rounded.
struct BinLabels {
  /// A name for each bin.
  let texts: [String]

  init(_ bins: [PopulationStabilityIndex.Bin], kind: ColumnKind) {
    guard kind == .numeric else {
      texts = bins.map(\.label)
      return
    }
    let digits = Self.digits(bins)
    texts = bins.map { Self.label($0, digits) }
  }

  /// The bin that adds most to the index, in words; nil when no bin adds anything.
  func largestPart(of bins: [PopulationStabilityIndex.Bin]) -> String? {
    guard
      let index = bins.indices.max(by: { bins[$0].contribution < bins[$1].contribution }),
      bins[index].contribution > 0
    else { return nil }
    func share(_ count: (PopulationStabilityIndex.Bin) -> Int) -> String {
      let total = bins.reduce(0) { $0 + count($1) }
      return ShownNumber.percent(Double(count(bins[index])) / Double(max(1, total)))
    }
    let label = PlainText.cut(PlainText.neutralised(texts[index]), to: 40)
    return "“\(label)”, from \(share(\.baselineCount)) to \(share(\.currentCount)) of rows"
  }

  /// As few digits as keep all bounds apart, four at least.
  private static func digits(_ bins: [PopulationStabilityIndex.Bin]) -> Int {
    var bounds: [Double] = []
    for bound in bins.flatMap({ [$0.lower, $0.upper] }).compactMap({ $0 })
    where bounds.last != bound { bounds.append(bound) }
    return (4..<17).first { digits in
      let texts = bounds.map { NumberText.significant($0, digits) }
      return zip(texts, texts.dropFirst()).allSatisfy { $0 != $1 }
    } ?? 17
  }

  /// The label with rounded bounds, where it is an interval or a number.
  private static func label(_ bin: PopulationStabilityIndex.Bin, _ digits: Int) -> String {
    func rounded(_ bound: Double) -> String { NumberText.significant(bound, digits) }
    // Numbers with bins of their own are cut out of some intervals; that takes the whole label.
    guard !bin.label.contains("except") else { return bin.label }
    switch (bin.lower, bin.upper) {
    case (nil, nil): return bin.label
    case (let lower?, let upper?) where lower == upper: return rounded(lower)
    case (nil, let upper?): return "< \(rounded(upper))"
    case (let lower?, nil): return "\(bin.label.hasPrefix("(") ? ">" : "≥") \(rounded(lower))"
    case (let lower?, let upper?): return "\(rounded(lower)) to \(rounded(upper))"
    }
  }
}
