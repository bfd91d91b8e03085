internal import DriftDetection

/// The statistics of the permutations as a histogram, and where the observed one stands.
struct NullDistribution {
  private let observed: Double
  private let atLeast: Int
  private let null: [Double]
  private let lower: Double
  private let upper: Double

  private static let bars = 48
  private static let size = (width: 480, height: 150)

  init(_ test: MaximumMeanDiscrepancy) {
    observed = test.studentised
    null = test.nullStudentised
    // As the test counted them: it takes ties for what they are.
    atLeast = Int((test.pValue * Double(test.permutations + 1)).rounded()) - 1
    lower = min(null.min() ?? observed, observed)
    upper = max(null.max() ?? observed, observed)
  }

  func write(to w: inout HTMLWriter) {
    guard lower < upper, (upper - lower).isFinite else {
      w.element("p", "All permutations give the same statistic: there is nothing to draw.")
      return
    }
    let counts = histogram
    w.element("figure", ["class": "null"]) { w in
      w.element(
        "svg",
        [
          "viewBox": "0 0 \(Self.size.width) \(Self.size.height)", "preserveAspectRatio": "none",
          "role": "img",
        ]
      ) { w in
        w.element("title", "Distribution of the MMD test without drift")
        w.element("desc", description)
        w.void("path", ["class": "b", "d": outline(counts)])
        w.void("path", ["class": "axis", "d": "M0 \(Self.size.height)H\(Self.size.width)"])
        w.void("path", ["class": "c", "d": marker])
      }
      w.element("p", ["class": "axis"]) { w in
        w.element("span", NumberText.significant(lower, 3))
        w.element("span", NumberText.significant(upper, 3))
      }
      w.element("figcaption") { w in
        w.raw(
          """
          <span class="key baseline" aria-hidden="true"></span>studentised MMD squared of shuffled rows, \
          <span class="key line" aria-hidden="true"></span>
          """)
        w.text("observed: \(NumberText.significant(observed, 4)). \(description)")
      }
    }
  }

  private var description: String {
    let of = ShownNumber.counted(null.count, "permutation", "permutations")
    return atLeast == 0
      ? "None of \(of) reaches the observed value."
      : "\(ShownNumber.grouped(atLeast)) of \(of) reach the observed value."
  }

  private func place(_ value: Double, _ full: Int) -> Int {
    Int((value - lower) / (upper - lower) * Double(full))
  }

  private var histogram: [Int] {
    var counts = Array(repeating: 0, count: Self.bars)
    for value in null { counts[min(Self.bars - 1, place(value, Self.bars))] += 1 }
    return counts
  }

  private func outline(_ counts: [Int]) -> String {
    let (step, height) = (Self.size.width / Self.bars, Self.size.height)
    let most = Double(max(1, counts.max() ?? 1))
    var path = "M0 \(height)"
    for (index, count) in counts.enumerated() {
      // A single permutation is still to be seen.
      let share = Double(count) / most * Double(height - 14)
      let top = height - (count == 0 ? 0 : max(2, Int(share.rounded())))
      path += "V\(top)H\((index + 1) * step)"
    }
    return path + "V\(height)z"
  }

  /// A line from top to bottom with a head, kept inside the picture.
  private var marker: String {
    let x = min(max(place(observed, Self.size.width), 5), Self.size.width - 5)
    return "M\(x) \(Self.size.height)V1M\(x - 4) 1h8"
  }
}
