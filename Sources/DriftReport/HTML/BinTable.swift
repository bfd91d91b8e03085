internal import DriftDetection

/// The bins of a feature with their histogram: the bars lie beside the rows of the table, so that
/// they can be read at any width.
struct BinTable {
  private let all: [PopulationStabilityIndex.Bin]
  private let shown: [PopulationStabilityIndex.Bin]
  private let labels: [String]
  private let isNumeric: Bool

  /// How many bins a table has on a page of so many features: more are left to the JSON report, as a
  /// page of more than some megabytes is slow to open.
  static func most(of features: Int) -> Int { max(10, min(120, 12_000 / max(1, features))) }

  init(
    _ bins: [PopulationStabilityIndex.Bin], _ labels: BinLabels, kind: ColumnKind, atMost most: Int
  ) {
    all = bins
    var kept = Array(bins.indices)
    if kept.count > most {
      kept.sort { (bins[$0].contribution, $1) > (bins[$1].contribution, $0) }
      kept = kept.prefix(most).sorted()
    }
    shown = kept.map { bins[$0] }
    isNumeric = kind == .numeric
    self.labels = kept.map { labels.texts[$0] }
  }

  func write(to w: inout HTMLWriter) {
    let picture = SharePicture(shown, of: all)
    w.element("div", ["class": "scroll bins"]) { w in
      w.element("table") { w in
        w.element("caption") { w in
          w.text("Rows by bin")
          if shown.count < all.count {
            w.text(", the \(shown.count) of \(all.count) bins that add most")
          }
        }
        w.raw(
          """
          <thead><tr><th scope="col">Bin</th><th scope="col">Shares</th>\
          <th scope="col" colspan="2">Part of PSI</th>\
          <th scope="col" colspan="2"><i class="key baseline"></i>Baseline</th>\
          <th scope="col" colspan="2"><i class="key current"></i>Current</th></tr></thead>
          """)
        w.element("tbody") { w in
          for index in shown.indices { writeRow(index, picture, to: &w) }
        }
      }
    }
    w.newline()
  }

  private func writeRow(_ index: Int, _ picture: SharePicture, to w: inout HTMLWriter) {
    let bin = shown[index]
    let shares = picture.shares(index)
    w.element("tr") { w in
      writeLabel(index, to: &w)
      if index == 0 {
        w.element("td", ["class": "bars", "rowspan": "\(shown.count)"], picture.writeLarge)
      }
      w.number("td", ShownNumber(bin.contribution, fixed: 4))
      if index == 0 {
        w.element(
          "td", ["class": "bars parts", "rowspan": "\(shown.count)"], picture.writeContributions)
      }
      w.element("td", ShownNumber.percent(shares.baseline))
      w.number("td", ShownNumber(count: bin.baselineCount))
      w.element("td", ShownNumber.percent(shares.current))
      w.number("td", ShownNumber(count: bin.currentCount))
    }
  }

  private func writeLabel(_ index: Int, to w: inout HTMLWriter) {
    let bin = shown[index]
    let label = PlainText.cut(labels[index], to: 28)
    let whole = label == bin.label ? nil : PlainText.cut(bin.label, to: 500)
    guard isNumeric else {
      w.element("th", ["scope": "row", "title": whole]) { $0.element("bdi", label) }
      return
    }
    guard label == labels[index], bin.lower != nil || bin.upper != nil else {
      w.element("th", ["scope": "row", "title": whole], label)
      return
    }
    // A bound that the next bin says is not said twice: a page has thousands of them.
    let next = index + 1 < shown.count ? shown[index + 1].lower : nil
    let bounds = [bin.lower, bin.upper == next && bin.lower != nil ? nil : bin.upper]
    let exact = bounds.compactMap { bound in bound.map { "\($0)" } }.joined(separator: " to ")
    w.element("th", ["scope": "row", "title": exact == label ? nil : exact], label)
  }
}
