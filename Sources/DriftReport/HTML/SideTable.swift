internal import DriftDetection

/// Both sides of a feature in numbers, and a picture of their means.
struct SideTable {
  private let result: FeatureResult
  private let sides: [SideSummary?]

  init(_ result: FeatureResult) {
    self.result = result
    sides = [result.baseline, result.current]
  }

  func write(to w: inout HTMLWriter) {
    w.element("div") { w in
      w.element("table", ["class": "facts"]) { w in
        w.raw(
          """
          <caption>Both sides</caption><thead><tr><td></td>\
          <th scope="col">Baseline</th><th scope="col">Current</th></tr></thead>
          """)
        w.element("tbody", writeRows)
      }
      if result.kind == .numeric {
        MeanPicture(sides.map { $0.flatMap(MeanInterval.init) }).write(to: &w)
      }
    }
    w.newline()
  }

  private func writeRows(to w: inout HTMLWriter) {
    count("Rows", \.rows, to: &w)
    missing(to: &w)
    if result.kind == .time {
      count("Not dates", \.unparseable, to: &w)
      text("Earliest", { $0.timeRange?.earliest }, to: &w)
      text("Latest", { $0.timeRange?.latest }, to: &w)
    }
    guard result.kind == .numeric else { return }
    if sides.contains(where: { ($0?.unparseable ?? 0) > 0 || ($0?.infinite ?? 0) > 0 }) {
      count("Not numbers", \.unparseable, to: &w)
      count("Infinite", \.infinite, to: &w)
    } else {
      count("Infinite, or no numbers", \.unparseable, to: &w)
    }
    number("Mean", \.mean, to: &w)
    interval(to: &w)
    number("Standard deviation", \.standardDeviation, to: &w)
    number("Smallest", \.minimum, to: &w)
    number("Largest", \.maximum, to: &w)
  }

  private func count(_ label: String, _ value: (SideSummary) -> Int, to w: inout HTMLWriter) {
    w.row(label, sides.map { $0.map { ShownNumber(count: value($0)) } })
  }

  private func text(_ label: String, _ value: (SideSummary) -> String?, to w: inout HTMLWriter) {
    w.element("tr") { w in
      w.element("th", ["scope": "row"], label)
      for side in sides { w.element("td", side.flatMap(value) ?? HTMLWriter.none) }
    }
  }

  private func number(_ label: String, _ value: (SideSummary) -> Double?, to w: inout HTMLWriter) {
    w.row(label, sides.map { $0.flatMap(value).map { ShownNumber($0) } })
  }

  private func missing(to w: inout HTMLWriter) {
    w.element("tr") { w in
      w.element("th", ["scope": "row"], "Missing")
      for side in sides {
        guard let side, side.rows > 0 else {
          w.element("td", HTMLWriter.none)
          continue
        }
        let count = ShownNumber(count: side.missing)
        let share = ShownNumber.percent(Double(side.missing) / Double(side.rows))
        w.element(
          "td", ["title": count.exact], side.missing == 0 ? "0" : "\(count.text) (\(share))")
      }
    }
  }

  private func interval(to w: inout HTMLWriter) {
    w.element("tr") { w in
      w.element("th", ["scope": "row"], "95 % interval of the mean")
      for side in sides {
        w.element("td", side.flatMap(MeanInterval.init)?.text ?? HTMLWriter.none)
      }
    }
  }
}
