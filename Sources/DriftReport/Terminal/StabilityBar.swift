/// A population stability index as a bar, whose limit is always at the same place:
/// `████▌   │   `, and `████████│██▎` beyond it.
package struct StabilityBar: Sendable, Hashable {
  /// The cells up to the limit.
  package static let before = 8
  /// The cells beyond it; a bar that is longer is cut.
  package static let beyond = 3
  /// The columns of a bar with the mark at the limit.
  package static let width = before + 1 + beyond

  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  private let value: Double
  private let limit: Double

  /// The bar of an index whose limit of FAIL is `limit`.
  package init(_ value: Double, limit: Double) {
    self.value = value
    self.limit = limit
  }

  /// The bar, `width` columns wide. It reaches the mark when, and only when, the limit is reached.
  package func text(usesUnicode: Bool) -> String {
    let parts = usesUnicode ? 8 : 1
    let most = (Self.before + Self.beyond) * parts
    let length: Int
    if value >= limit || value.isNaN {
      let ratio = limit > 0 ? value / limit : .infinity
      let share = ratio.isFinite ? min(ratio * Double(Self.before * parts), Double(most)) : nil
      length = max(Self.before * parts, share.map { Int($0) } ?? most)
    } else {
      length = min(
        max(Int(value / limit * Double(Self.before * parts)), 0), Self.before * parts - 1)
    }
    let cells = Self.cells(length, parts: parts)
    return cells.prefix(Self.before).joined() + (usesUnicode ? "│" : "|")
      + cells.suffix(Self.beyond).joined()
  }

  private static func cells(_ length: Int, parts: Int) -> [String] {
    (0..<before + beyond).map { cell in
      let filled = min(max(length - cell * parts, 0), parts)
      if filled == parts { return parts == 1 ? "#" : "█" }
      return filled == 0 ? " " : eighths[filled]
    }
  }
}
