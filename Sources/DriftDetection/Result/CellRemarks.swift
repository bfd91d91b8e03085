internal import DriftColumns
internal import DriftStatistics

/// What the cells of a feature give cause to say, besides what its tests say.
struct CellRemarks {
  private let feature: FeatureResult

  init(_ feature: FeatureResult) { self.feature = feature }

  private var name: String { feature.name }
  /// What the cells should be.
  private var what: String { feature.kind == .time ? "date" : "number" }

  /// All of them.
  var all: [Remark] {
    [
      invalid(feature.baseline, "baseline"),
      feature.current.flatMap { invalid($0, "current data") },
      header, rounded, leadingZeros, mostlyNumbers, times,
    ].compactMap { $0 }
  }

  /// The finding of invalid cells in words.
  var change: String {
    guard let current = feature.current else { return "" }
    return "\(count(current)), \(NumberText.percent(feature.baseline.invalidShare)) in the baseline"
      + (firstCell(current.unparseable > 0 ? current : feature.baseline).map { "; \($0)" } ?? "")
  }

  private func count(_ side: SideSummary) -> String {
    let cells =
      side.unparseable == 1
      ? "1 cell is not a \(what)" : "\(side.unparseable) cells are not \(what)s"
    return "\(cells) (\(NumberText.percent(side.invalidShare)))"
  }

  /// The first cell that was noticed, and where it is.
  private func cell(_ side: SideSummary) -> String? {
    side.details.first.map { Self.quoted($0.text) + ($0.place.map { " (\($0))" } ?? "") }
  }

  private func firstCell(_ side: SideSummary) -> String? {
    cell(side).map { "the first is \($0)" }
  }

  /// Invalid cells of a side: the first, and the most frequent texts.
  private func invalid(_ side: SideSummary, _ title: String) -> Remark? {
    guard side.unparseable > 0 else { return nil }
    let texts = side.details.invalid.prefix(3).map { "\(Self.quoted($0.text)) \($0.count) x" }
    let isOne = side.unparseable == 1
    return Remark(
      "\(name): \(count(side)) in the \(title)"
        + (firstCell(side).map { "; \($0)" } ?? "")
        + (isOne || texts.isEmpty ? "" : "; most frequent: \(texts.joined(separator: ", "))"))
  }

  /// The name of the column among its cells: files were put together with their headers.
  private var header: Remark? {
    for side in [feature.baseline, feature.current].compactMap({ $0 }) {
      guard let cell = side.details.invalid.first(where: { $0.text.utf8.elementsEqual(name.utf8) })
      else { continue }
      return Remark(
        "\(name): the header again\(cell.place.map { " in \($0)" } ?? ""), as where files were put "
          + "together")
    }
    return nil
  }

  /// Whole numbers of which a double holds no longer every one.
  private var rounded: Remark? {
    guard feature.kind == .numeric else { return nil }
    let sides = [feature.baseline, feature.current].compactMap { $0 }
    let extremes = sides.flatMap { [$0.minimum, $0.maximum] }.compactMap { $0?.magnitude }
    // Beyond 64 bits they are measured, not counted.
    guard let largest = extremes.max(), largest > 0x1p53, largest <= 0x1p64 else { return nil }
    return Remark(
      "\(name): numbers beyond 2^53, which are rounded; if they are identifiers",
      advice: .exclude(name))
  }

  private var leadingZeros: Remark? {
    guard feature.kind == .numeric, let cell = feature.baseline.details.leadingZero else {
      return nil
    }
    return Remark(
      "\(name): whole numbers with leading zeros, such as \(Self.quoted(cell.text))"
        + (cell.place.map { " (\($0))" } ?? "") + "; if they are codes",
      advice: .categorical(name))
  }

  /// Levels that are numbers or dates for the most part.
  private var mostlyNumbers: Remark? {
    let side = feature.baseline
    guard feature.kind == .categorical, side.present > 0 else { return nil }
    let (numbers, times) = (side.details.numbers, side.details.times)
    let most = max(numbers, times)
    guard 2 * most >= side.present else { return nil }
    let share = NumberText.percent(Double(most) / Double(side.present))
    let cells =
      "\(name): \(share) of its cells are \(times > numbers ? "dates" : "numbers"), and it is "
    let text =
      cells + "compared by level"
      + (cell(side).map { "; the first that is not is \($0)" } ?? "")
    return times > numbers
      ? Remark(text) : Remark("\(text); to compare them", advice: .numeric(name))
  }

  /// The range of a time column, which is not compared.
  private var times: Remark? {
    guard feature.kind == .time, let before = feature.baseline.range else { return nil }
    let after = feature.current.flatMap(\.range)
    return Remark(
      "\(name): times are not compared by value; \(before) in the baseline"
        + (after.map { ", \($0) in the current data" } ?? "")
        + (feature.shareOutside.map { " (\(NumberText.percent($0)) outside)" } ?? ""))
  }

  private static func quoted(_ text: String) -> String { "'\(text)'" }
}
