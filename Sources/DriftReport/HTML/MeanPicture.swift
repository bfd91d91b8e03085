internal import DriftDetection

/// A mean and its 95 % confidence interval by Student's t.
struct MeanInterval {
  let mean: Double
  let lower: Double
  let upper: Double

  /// - Returns: nil for fewer than two finite values, and where the interval overflows.
  init?(_ side: SideSummary) {
    let count = side.present - side.infinite
    guard count >= 2, let mean = side.mean, let deviation = side.standardDeviation else {
      return nil
    }
    let quantile = StudentT(degreesOfFreedom: Double(count - 1)).twoSidedQuantile(0.05)
    let half = quantile * (deviation / Double(count).squareRoot())
    guard (mean - half).isFinite, (mean + half).isFinite else { return nil }
    self.mean = mean
    lower = mean - half
    upper = mean + half
  }

  /// The interval with as many digits as tell its ends apart, four at least.
  var text: String {
    let ends = NumberText.pair(lower, upper, 4)
    return "\(ends.0) to \(ends.1)"
  }
}

/// The means of both sides with their intervals on one scale, the baseline above the current data.
struct MeanPicture {
  private let intervals: [MeanInterval?]
  private let lower: Double
  private let width: Double

  private static let styles = ["b", "c"]

  init(_ intervals: [MeanInterval?]) {
    self.intervals = intervals
    let known = intervals.compactMap { $0 }
    lower = known.map(\.lower).min() ?? 0
    width = (known.map(\.upper).max() ?? 0) - lower
  }

  func write(to w: inout HTMLWriter) {
    // Nothing to draw for equal constants, nor where the width overflows.
    guard width > 0, width.isFinite, intervals.allSatisfy({ $0 != nil }) else { return }
    w.element("figure") { w in
      w.element(
        "svg",
        [
          "class": "means", "viewBox": "0 0 300 36", "preserveAspectRatio": "none", "role": "img",
        ]
      ) { w in
        w.element("title", "Means with their 95 % intervals")
        for (index, interval) in intervals.enumerated() {
          guard let interval else { continue }
          w.void(
            "path", ["class": Self.styles[index], "d": path(interval, middle: 9 + 18 * index)])
        }
      }
      w.element("figcaption", "Means: baseline above, current below")
    }
  }

  private func path(_ interval: MeanInterval, middle: Int) -> String {
    let (left, right) = (place(interval.lower), place(interval.upper))
    return "M\(left) \(middle - 4)v8M\(right) \(middle - 4)v8M\(left) \(middle)H\(right)"
      + "M\(place(interval.mean)) \(middle - 7)v14"
  }

  private func place(_ value: Double) -> Int { Int(((value - lower) / width * 290).rounded()) + 5 }
}
