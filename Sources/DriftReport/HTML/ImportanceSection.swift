internal import DriftDetection

/// What the model makes of the features, against how much they moved: what is far to the right and high up
/// is to be looked at first.
struct ImportanceSection {
  private struct Point {
    let feature: PageFeature
    let importance: Double
    /// How much it moved; nil where that is no number.
    let drift: Double?
  }

  private let points: [Point]
  private let usesDistance: Bool
  private let limits: [Double]
  private let mostImportance: Double
  private let mostDrift: Double

  private static let size = (width: 480, height: 150)
  private static let mostRows = 20

  /// The section; nil where it is not known what the model makes of the features.
  init?(_ features: [PageFeature], _ context: Report.Context) {
    let known = features.filter { $0.result.importance != nil }
    guard !known.isEmpty else { return nil }
    let usesDistance = known.contains { $0.result.distribution?.distance != nil }
    points = known.map { feature in
      let result = feature.result
      let drift =
        usesDistance
        ? result.distribution?.distance : result.populationStability?.test.value
      return Point(
        feature: feature, importance: result.importance ?? 0,
        drift: drift.flatMap { $0.isFinite ? $0 : nil })
    }
    self.usesDistance = usesDistance
    let thresholds = context.configuration.thresholds
    limits =
      usesDistance
      ? [thresholds.distanceWarn, thresholds.distanceFail]
      : [thresholds.stabilityWarn, thresholds.stabilityFail]
    mostImportance = points.map(\.importance).max() ?? 0
    mostDrift = points.compactMap(\.drift).reduce(1.2 * (limits.last ?? 0), max)
  }

  func write(to w: inout HTMLWriter) {
    w.element("section", ["aria-labelledby": "importance-title"]) { w in
      w.raw("<h2 id=\"importance-title\">Importance against drift</h2>\n")
      writePicture(to: &w)
      w.newline()
      writeTable(to: &w)
    }
    w.newline()
  }

  // MARK: Picture

  private func writePicture(to w: inout HTMLWriter) {
    guard mostImportance > 0, mostDrift > 0 else { return }
    w.element("figure", ["class": "null"]) { w in
      w.element("svg", ["viewBox": "0 0 \(Self.size.width) \(Self.size.height)", "role": "img"]) {
        w in
        w.element("title", "Importance against drift")
        w.element("desc", description)
        w.void("path", ["class": "axis", "d": frame])
        w.void("path", ["class": "b", "d": marks { !$0.feature.result.status.isFinding }])
        w.void("path", ["class": "c", "d": marks { $0.feature.result.status.isFinding }])
      }
      w.element("figcaption") { w in
        w.raw(
          """
          <span class="key baseline" aria-hidden="true"></span>OK, \
          <span class="key current" aria-hidden="true"></span>WARN or FAIL. To the right: share of the \
          model’s weight, up to
          """)
        w.text(" \(ShownNumber.percent(mostImportance)). Upwards: ")
        w.text(
          "\(driftName), up to \(NumberText.significant(mostDrift, 3)); the lines are its limits.")
      }
    }
  }

  private var driftName: String { usesDistance ? "share of rows that moved" : "PSI" }

  private var description: String {
    let found = points.filter { $0.feature.result.status.isFinding }
    let share = found.reduce(0) { $0 + $1.importance }
    return found.isEmpty
      ? "No feature with a weight drifted."
      : "\(ShownNumber.counted(found.count, "feature", "features")) with "
        + "\(ShownNumber.percent(share)) of the weight drifted or changed."
  }

  private func x(_ importance: Double) -> Int {
    6 + Int((importance / mostImportance * Double(Self.size.width - 12)).rounded())
  }

  private func y(_ drift: Double?) -> Int {
    let share = min(1, (drift ?? mostDrift) / mostDrift)
    return Self.size.height - 6 - Int((share * Double(Self.size.height - 12)).rounded())
  }

  /// The axes, and the limits.
  private var frame: String {
    let (width, height) = (Self.size.width, Self.size.height)
    return "M0 0V\(height)H\(width)" + limits.map { "M0 \(y($0))H\(width)" }.joined()
  }

  /// A circle for each feature of some.
  private func marks(_ isShown: (Point) -> Bool) -> String {
    points.filter(isShown).map {
      "M\(x($0.importance) - 4) \(y($0.drift))a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
    }.joined()
  }

  // MARK: Table

  private func writeTable(to w: inout HTMLWriter) {
    // The order of equal ones is that of the page.
    let order = points.indices.sorted {
      (points[$0].importance, -$0) > (points[$1].importance, -$1)
    }
    w.element("table") { w in
      w.raw(
        """
        <caption>What the model makes most of</caption><thead><tr><th scope="col">Feature</th>\
        <th scope="col" class="n">Share of the weight</th>
        """)
      w.element("th", ["scope": "col", "class": "n"], usesDistance ? "Rows that moved" : "PSI")
      w.raw("<th scope=\"col\">Status</th></tr></thead>")
      w.element("tbody") { w in
        for place in order.prefix(Self.mostRows) {
          writeRow(points[place], to: &w)
          w.newline()
        }
      }
    }
    if points.count > Self.mostRows {
      let more = points.count - Self.mostRows
      w.element(
        "p", "\(ShownNumber.counted(more, "more feature", "more features")) with less weight.")
    }
  }

  private func writeRow(_ point: Point, to w: inout HTMLWriter) {
    let result = point.feature.result
    w.element("tr") { w in
      w.element("th", ["scope": "row"]) { w in
        w.element("a", ["href": "#\(point.feature.anchor)"]) { $0.name(result.name, atMost: 60) }
        w.text(result.gateMark)
      }
      w.element("td", ["class": "n"], ShownNumber.percent(point.importance))
      let drift = point.drift.map { ShownNumber($0, fixed: 3) }
      w.element("td", ["class": "n", "title": drift?.exact], drift?.text ?? HTMLWriter.none)
      w.element("td") { StatusBadge.write(result.status, to: &$0) }
    }
  }
}
