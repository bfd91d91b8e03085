/// A uniform sample of rows that can be merged: every row has a random key, the smallest keys win.
///
/// Rows stay in the order of their segments (by name) and of their rows: whoever merges whatever in
/// whatever order gets the same sample in the same order.
struct RowSampleProfile: Sendable, Hashable {
  /// A row of the sample: where it was, and its key.
  struct Row: Sendable, Hashable, Comparable {
    let key: UInt64
    let segment: String
    let row: Int

    static func < (left: Row, right: Row) -> Bool {
      guard left.segment == right.segment else {
        return Level(left.segment) < Level(right.segment)
      }
      return left.row == right.row ? left.key < right.key : left.row < right.row
    }

    /// Whether the row stays when only one of two can.
    func wins(over other: Row) -> Bool {
      left(key, other.key) ?? (self < other)
    }

    private func left(_ key: UInt64, _ other: UInt64) -> Bool? {
      key == other ? nil : key < other
    }
  }

  /// The most rows.
  let size: Int
  /// The numeric columns.
  let names: [String]
  private(set) var rows: [Row]
  /// The values of each column.
  private(set) var values: [[Double]]

  /// - Parameters:
  ///   - size: The most rows.
  ///   - names: The numeric columns.
  ///   - rows: The rows, in order.
  ///   - values: The values of each column in these rows.
  init(size: Int, names: [String], rows: [Row], values: [[Double]]) {
    self.size = size
    self.names = names
    self.rows = rows
    self.values = values
  }

  /// Adds the rows of another sample; of different sizes the smaller one holds.
  func merged(with other: RowSampleProfile) -> RowSampleProfile {
    let size = min(size, other.size)
    let all = rows.map { ($0, true) } + other.rows.map { ($0, false) }
    var sources: [(row: Row, isOwn: Bool, place: Int)] = []
    for (place, item) in all.enumerated() {
      sources.append((item.0, item.1, item.1 ? place : place - rows.count))
    }
    if sources.count > size {
      sources.sort { $0.row.wins(over: $1.row) }
      sources.removeSubrange(size...)
    }
    sources.sort { $0.row < $1.row }
    let places = Dictionary(
      other.names.enumerated().map { (Level($1), $0) }, uniquingKeysWith: { first, _ in first })
    let merged = names.enumerated().map { index, name -> [Double] in
      let others = places[Level(name)].map { other.values[$0] }
      return sources.map { source in
        source.isOwn ? values[index][source.place] : others?[source.place] ?? .nan
      }
    }
    return RowSampleProfile(size: size, names: names, rows: sources.map(\.row), values: merged)
  }

  /// The same with only some columns.
  func keeping(_ isKept: (String) -> Bool) -> RowSampleProfile {
    let kept = names.indices.filter { isKept(names[$0]) }
    return RowSampleProfile(
      size: size, names: kept.map { names[$0] }, rows: rows, values: kept.map { values[$0] })
  }

  /// At most so many of the rows, in order.
  func first(_ most: Int) -> RowSampleProfile {
    guard rows.count > most else { return self }
    let kept = rows.indices.sorted { rows[$0].wins(over: rows[$1]) }.prefix(most).sorted()
    return RowSampleProfile(
      size: most, names: names, rows: kept.map { rows[$0] },
      values: values.map { column in kept.map { column[$0] } })
  }

  static func == (left: Self, right: Self) -> Bool {
    left.size == right.size && left.names == right.names && left.rows == right.rows
      && left.values.elementsEqual(right.values) {
        $0.elementsEqual($1) { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
      }
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(size)
    hasher.combine(rows)
  }
}
