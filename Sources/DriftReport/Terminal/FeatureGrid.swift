internal import DriftDetection

/// The features as a table that fits a terminal: columns that matter less go first, then names lose
/// their middle.
struct FeatureGrid {
  /// Terminals with fewer columns get `FeatureList`.
  static let leastWidth = 60

  /// A name as long as this stays whole where there is room; a longer one would part all other names
  /// from their numbers.
  private static let widestName = 64

  private enum Kind: Hashable {
    case kind
    /// A column of a test, by its place.
    case test(Int)
    /// The population stability index as a bar.
    case bar
    case missing
    case status
  }

  private struct Cell {
    var text: String
    var status: FeatureStatus?
  }

  private struct Column {
    let kind: Kind
    let heading: String
    let isRight: Bool
    let cells: [Cell]
    let width: Int
  }

  private static let tests = ShownColumn.sizesFirst

  /// All columns, from left to right.
  private static let kinds: [Kind] = {
    let columns = tests.indices.flatMap { place -> [Kind] in
      let hasBar = tests[place].test == .populationStability && !tests[place].isProbability
      return hasBar ? [.test(place), .bar] : [.test(place)]
    }
    return [.kind] + columns + [.missing, .status]
  }()

  /// What goes when there is no room, the first first: the last test before the first, whose size stays.
  private static let dispensable: [Kind] = {
    func columns(_ isProbability: Bool) -> [Kind] {
      tests.indices.filter { tests[$0].isProbability == isProbability }.map { .test($0) }
    }
    let (sizes, probabilities) = (columns(false), columns(true))
    return probabilities.dropFirst().reversed() + [.kind] + probabilities.prefix(1)
      + [.bar, .missing] + sizes.dropFirst().reversed()
  }()

  private let style: TerminalStyle
  private let shown: ShownFeatures
  private let names: [String]
  private let nameWidth: Int
  private let columns: [Column]

  init(_ report: Report, _ style: TerminalStyle) {
    self.style = style
    shown = ShownFeatures(report.result.features)
    let names = shown.features.map { PlainText.neutralised($0.name) }
    let widest = names.map { min(DisplayWidth.of($0), Self.widestName) }.reduce(7, max)
    let features = shown.features
    var columns = Self.kinds.map {
      Self.column($0, features, style, report.context.configuration)
    }
    // Names are worth a quarter of the line before columns are.
    let wanted = min(widest, max(12, style.width / 4))
    for kind in Self.dispensable where wanted + Self.width(columns) > style.width {
      columns.removeAll { $0.kind == kind }
    }
    let room = min(widest, style.width - Self.width(columns))
    self.names = names.map {
      TerminalLayout.shortened($0, to: room, ellipsis: style.ellipsis)
    }
    nameWidth = room
    self.columns = columns
  }

  /// The table's lines; none of them is wider than the terminal.
  var lines: [String] {
    guard !names.isEmpty else { return remark }
    let heading = columns.map { padded($0.heading, $0) }
    var lines = [
      style.strong(
        ([PlainText.padded("feature", to: nameWidth)] + heading).joined(separator: "  "))
    ]
    for (row, name) in names.enumerated() {
      let cells = columns.map { column in
        let text = padded(column.cells[row].text, column)
        return column.cells[row].status.map { style.painted(text, $0) } ?? text
      }
      lines.append(
        ([PlainText.padded(name, to: nameWidth)] + cells).joined(separator: "  "))
    }
    return lines + remark
  }

  private var remark: [String] {
    shown.remark.map { TerminalLayout.wrapped($0, width: style.width) } ?? []
  }

  private func padded(_ text: String, _ column: Column) -> String {
    // Nothing follows the last column.
    column.kind == .status
      ? text : PlainText.padded(text, to: column.width, right: column.isRight)
  }

  /// The columns of a line that are not the name's.
  private static func width(_ columns: [Column]) -> Int {
    columns.reduce(0) { $0 + 2 + $1.width }
  }

  private static func column(
    _ kind: Kind, _ features: [FeatureResult], _ style: TerminalStyle,
    _ configuration: DriftConfiguration
  ) -> Column {
    let cells = features.map { cell(kind, $0, style, configuration) }
    let heading =
      switch kind {
      case .kind: "kind"
      case .test(let place): tests[place].declared.heading
      // Ends over the mark.
      case .bar: String(repeating: " ", count: StabilityBar.before - 4) + "limit"
      case .missing: "missing"
      case .status: "status"
      }
    let width = cells.map { DisplayWidth.of($0.text) }.reduce(heading.utf8.count, max)
    let isRight = ![.kind, .bar, .status].contains(kind)
    return Column(kind: kind, heading: heading, isRight: isRight, cells: cells, width: width)
  }

  private static func cell(
    _ kind: Kind, _ feature: FeatureResult, _ style: TerminalStyle,
    _ configuration: DriftConfiguration
  ) -> Cell {
    let cells = FeatureCells(feature)
    switch kind {
    case .kind: return Cell(text: feature.kind.rawValue)
    case .test(let place):
      let column = tests[place]
      // Green is left to what says OK.
      let status = column.isProbability ? nil : feature[column.test]?.status
      return Cell(
        text: cells.text(column), status: status == .ok ? nil : status.map { FeatureStatus($0) })
    case .bar:
      guard let stability = feature.populationStability else { return Cell(text: "") }
      let limit = configuration.thresholds(for: feature.name).stabilityFail
      return Cell(
        text: StabilityBar(stability.test.value, limit: limit)
          .text(usesUnicode: style.usesUnicode), status: FeatureStatus(stability.status))
    case .missing: return Cell(text: cells.missing)
    case .status: return Cell(text: feature.status.rawValue, status: feature.status)
    }
  }
}
