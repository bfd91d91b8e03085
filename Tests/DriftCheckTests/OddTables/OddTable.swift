import DriftTestSupport
import Foundation

/// A table as its owner means it: columns of numbers, categories and dates, whatever they are written
/// like.
struct OddTable {
  /// What a cell is.
  enum Cell: Equatable {
    /// A number, and how many digits there are after its point.
    case number(Double, digits: Int)
    case text(String)
  }

  /// The kinds of the column that drifts or not.
  enum Kind: CaseIterable {
    case measure, wholeNumbers, fewValues, manyZeros, largeOffset, categories, yesNo,
      numberedCategories
  }

  /// The names of the columns.
  var names: [String]
  /// The cells of each row.
  var rows: [[Cell]]

  /// The column that drifts or not.
  static let subject = "subject"

  /// Rows from a seed.
  ///
  /// - Parameters:
  ///   - kind: The kind of the column that drifts.
  ///   - count: The rows.
  ///   - drifts: Whether it has moved by two standard deviations or, of categories, in half of the
  ///     rows.
  ///   - seed: Where the random numbers begin.
  init(_ kind: Kind, rows count: Int, drifts: Bool, seed: UInt64) {
    var normal = SeededNormal(seed: seed)
    var source = SplitMix64(seed: seed ^ 0x5EED)
    names = [Self.subject, "steady", "colour", "day"]
    rows = (0..<count).map { row in
      let day = 1 + Int.random(in: 0..<28, using: &source)
      return [
        Self.cell(kind, drifts, &normal, &source),
        .number((100 * normal.next()).rounded() / 100, digits: 2),
        .text(["red", "green", "blue", "white"][Int.random(in: 0..<4, using: &source)]),
        .text("2026-0\(1 + row % 9)-\(day < 10 ? "0" : "")\(day)"),
      ]
    }
  }

  private static func cell(
    _ kind: Kind, _ drifts: Bool, _ normal: inout SeededNormal, _ source: inout SplitMix64
  ) -> Cell {
    let z = normal.next() + (drifts ? 2 : 0)
    let uniform = Double.random(in: 0..<1, using: &source)
    let moved = drifts && uniform < 0.5
    func pick(_ texts: [String]) -> String {
      texts[Int.random(in: 0..<texts.count, using: &source)]
    }
    switch kind {
    case .measure: return .number((1e4 * (50 + 12 * z)).rounded() / 1e4, digits: 4)
    case .wholeNumbers: return .number((40 + 10 * z).rounded(), digits: 0)
    case .fewValues: return .number(max(0, min(5, (2.5 + z).rounded())), digits: 0)
    case .manyZeros:
      return .number(uniform < 0.6 && !moved ? 0 : (1e3 * abs(3 + z)).rounded() / 1e3, digits: 3)
    case .largeOffset: return .number((1e2 * (1_000_000 + 25 * z)).rounded() / 1e2, digits: 2)
    case .categories:
      return .text(moved ? "north" : pick(["north", "south", "east", "west", "north-east"]))
    case .yesNo: return .text(moved || uniform > 0.9 ? "yes" : "no")
    case .numberedCategories: return .text(moved ? "zone 9" : "zone \(pick(["1", "2", "3"]))")
    }
  }
}
