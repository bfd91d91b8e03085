internal import DriftDetection

/// The shares of rows by bin on both sides: the baseline as filled bars, the current data as lines.
///
/// Coordinates are whole numbers and every side is one path, so that thousands of pictures stay
/// small.
struct SharePicture {
  /// The shares of each side, from 0 to 1, by bin.
  private let baseline: [Double]
  private let current: [Double]
  private let bins: [PopulationStabilityIndex.Bin]
  /// The largest share of all, which fills the picture.
  private let largest: Double

  /// - Parameter bins: The bins to show; shares are of all rows in them.
  init(_ bins: [PopulationStabilityIndex.Bin]) {
    self.init(bins, of: bins)
  }

  /// - Parameters:
  ///   - bins: The bins to show.
  ///   - all: The bins that the shares are of.
  init(_ bins: [PopulationStabilityIndex.Bin], of all: [PopulationStabilityIndex.Bin]) {
    func shares(_ count: (PopulationStabilityIndex.Bin) -> Int) -> [Double] {
      let total = Double(max(1, all.reduce(0) { $0 + count($1) }))
      return bins.map { Double(count($0)) / total }
    }
    self.bins = bins
    baseline = shares(\.baselineCount)
    current = shares(\.currentCount)
    largest = max(baseline.max() ?? 0, current.max() ?? 0, .leastNormalMagnitude)
  }

  /// The shares of a bin.
  func shares(_ index: Int) -> (baseline: Double, current: Double) {
    (baseline[index], current[index])
  }

  private func length(_ share: Double, _ full: Int) -> Int {
    Int((share / largest * Double(full)).rounded())
  }

  /// Bars that stand, for the row of a table, with what they show in words.
  func writeSmall(_ words: String, to w: inout HTMLWriter) {
    let height = 28
    var (bars, line) = ("M0 \(height)", "")
    for (index, (before, after)) in zip(baseline, current).enumerated() {
      bars += "V\(height - length(before, height))H\(index + 1)"
      line += "\(index == 0 ? "M0 " : "V")\(height - length(after, height))H\(index + 1)"
    }
    w.element(
      "svg",
      [
        "class": "small", "viewBox": "0 0 \(bins.count) \(height)", "preserveAspectRatio": "none",
        "role": "img", "aria-label": words,
      ]
    ) { w in
      w.void("path", ["class": "b", "d": bars + "V\(height)z"])
      w.void("path", ["class": "c", "d": line])
    }
  }

  /// Bars that lie, one for each row of the table of bins beside them.
  func writeLarge(to w: inout HTMLWriter) {
    let width = 300
    var (bars, outlines) = ("", "")
    for (index, (before, after)) in zip(baseline, current).enumerated() {
      let start = index == 0 ? "M0 2" : "m0 4"
      bars += "\(start)H\(length(before, width))v8H0"
      outlines += "\(start)H\(length(after, width))v8H0"
    }
    w.element(
      "svg",
      [
        "viewBox": "0 0 \(width + 4) \(12 * bins.count)", "preserveAspectRatio": "none",
        "role": "img",
      ]
    ) { w in
      w.element("title", "Shares of rows by bin")
      w.element("desc", "Baseline filled, current outlined")
      w.void("path", ["class": "b", "d": bars])
      w.void("path", ["class": "c", "d": outlines])
    }
  }

  /// What each bin adds to the index, as bars that lie.
  func writeContributions(to w: inout HTMLWriter) {
    let width = 100
    let most = max(bins.map(\.contribution).filter(\.isFinite).max() ?? 0, .leastNormalMagnitude)
    var bars = ""
    for (index, bin) in bins.enumerated() {
      let length = min(1, max(0, bin.contribution) / most) * Double(width)
      bars += "\(index == 0 ? "M0 3" : "m0 6")H\(Int(length.rounded()))v6H0"
    }
    w.element(
      "svg",
      [
        "viewBox": "0 0 \(width) \(12 * bins.count)", "preserveAspectRatio": "none", "role": "img",
      ]
    ) { w in
      w.element("title", "Part of PSI by bin")
      w.void("path", ["class": "p", "d": bars])
    }
  }
}
