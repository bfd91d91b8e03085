import DriftTestSupport
import Foundation

/// A table to write as CSV.
struct CSVTable: Sendable {
  var columns: [(name: String, cells: [String])]

  init(_ columns: KeyValuePairs<String, [String]>) {
    self.columns = columns.map { ($0.key, $0.value) }
  }

  /// The text of the table. Cells and names are put in quotes where RFC 4180 needs it.
  func text(delimiter: String = ",", lineEnd: String = "\n") -> String {
    let rows = columns.map(\.cells.count).max() ?? 0
    var text = line(columns.map(\.name), delimiter) + lineEnd
    for row in 0..<rows { text += line(columns.map { $0.cells[row] }, delimiter) + lineEnd }
    return text
  }

  private func line(_ cells: [String], _ delimiter: String) -> String {
    cells.map { cell in
      let needsQuotes =
        cell.utf8.contains { "\"\n\r".utf8.contains($0) } || cell.contains(delimiter)
      return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }.joined(separator: delimiter)
  }

  /// Normally distributed numbers as text.
  static func normal(
    _ count: Int, seed: UInt64, mean: Double = 0, standardDeviation: Double = 1
  ) -> [String] {
    var source = SeededNormal(seed: seed)
    return source.sample(count, mean: mean, standardDeviation: standardDeviation).map { "\($0)" }
  }

  /// Words in turn.
  static func words(_ words: [String], _ count: Int) -> [String] {
    (0..<count).map { words[$0 % words.count] }
  }
}

extension [String] {
  /// The same with other texts in some places.
  func with(_ cells: [Int: String]) -> [String] {
    enumerated().map { cells[$0.offset] ?? $0.element }
  }
}
