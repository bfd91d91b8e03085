internal import DriftColumns

/// A uniform sample of rows that can be merged: every row has a random key, the smallest keys win.
///
/// Rows stay in the order of their segments (by name) and of their rows: whoever merges whatever in
/// whatever order gets the same sample in the same order.
package struct RowSampleProfile: Sendable {
  /// A row of the sample: where it was, and its key.
  package struct Row: Sendable, Hashable, Comparable {
    package let key: UInt64
    /// The place of its segment among those of the sample.
    package let segment: Int
    package let row: Int

    package static func < (left: Row, right: Row) -> Bool {
      (left.segment, left.row, left.key) < (right.segment, right.row, right.key)
    }

    /// Whether the row stays when only one of two can.
    package func wins(over other: Row) -> Bool { key == other.key ? self < other : key < other.key }
  }

  /// The most rows.
  package let size: Int
  /// The numeric columns.
  package let names: [String]
  /// The segments of the rows, ascending by their bytes; others may be among them.
  package private(set) var segments: [String]
  /// The rows, ascending.
  package private(set) var rows: [Row]
  /// The values of each column.
  package private(set) var values: [[Double]]

  /// - Parameters:
  ///   - size: The most rows.
  ///   - names: The numeric columns.
  ///   - segments: The segments of the rows, ascending by their bytes.
  ///   - rows: The rows, in order.
  ///   - values: The values of each column in these rows.
  init(size: Int, names: [String], segments: [String], rows: [Row], values: [[Double]]) {
    self.size = size
    self.names = names
    self.segments = segments
    self.rows = rows
    self.values = values
  }

  /// Gives the only part another name.
  package mutating func name(segment: String) {
    if segments.count == 1 { segments = [segment] }
  }

  private struct Source {
    let row: Row
    let isOwn: Bool
    let place: Int
  }

  /// Adds the rows of another sample; of different sizes the smaller one holds.
  ///
  /// - Parameters:
  ///   - other: The other sample.
  ///   - columns: The columns that have numbers in both together; a part where nothing is in one has
  ///     no values of it.
  /// - Returns: The sample of both.
  /// - Complexity: O(n log n) for the rows of both.
  package func merged(with other: RowSampleProfile, columns: [String]) -> RowSampleProfile {
    let size = min(size, other.size)
    guard !columns.isEmpty else {
      return RowSampleProfile(size: size, names: [], segments: [], rows: [], values: [])
    }
    var union: [(name: Level, text: String, isOwn: Bool, place: Int)] = []
    for (isOwn, sample) in [(true, self), (false, other)] {
      for (place, text) in sample.segments.enumerated() {
        union.append((Level(text), text, isOwn, place))
      }
    }
    union.sort { ($0.name, $0.isOwn ? 0 : 1, $0.place) < ($1.name, $1.isOwn ? 0 : 1, $1.place) }
    var (own, their) = (segments.map { _ in 0 }, other.segments.map { _ in 0 })
    var names: [String] = []
    var last: Level?
    for item in union {
      if item.name != last { names.append(item.text) }
      last = item.name
      if item.isOwn {
        own[item.place] = names.count - 1
      } else {
        their[item.place] = names.count - 1
      }
    }
    var sources: [Source] = []
    sources.reserveCapacity(rows.count + other.rows.count)
    for (place, row) in rows.enumerated() {
      let row = Row(key: row.key, segment: own[row.segment], row: row.row)
      sources.append(Source(row: row, isOwn: true, place: place))
    }
    for (place, row) in other.rows.enumerated() {
      let row = Row(key: row.key, segment: their[row.segment], row: row.row)
      sources.append(Source(row: row, isOwn: false, place: place))
    }
    if sources.count > size {
      sources.sort { $0.row.wins(over: $1.row) }
      sources.removeSubrange(size...)
    }
    sources.sort { $0.row < $1.row }
    return RowSampleProfile(
      size: size, names: columns, segments: names, rows: sources.map(\.row),
      values: values(of: columns, sources, other)
    ).withoutUnusedSegments
  }

  private func values(
    of columns: [String], _ sources: [Source], _ other: RowSampleProfile
  ) -> [[Double]] {
    let (own, their) = (places, other.places)
    return columns.map { name in
      let ours = own[Level(name)].map { values[$0] }
      let theirs = their[Level(name)].map { other.values[$0] }
      return sources.map { ($0.isOwn ? ours : theirs)?[$0.place] ?? .nan }
    }
  }

  /// Where each column is.
  private var places: [Level: Int] {
    Dictionary(
      names.enumerated().map { (Level($1), $0) }, uniquingKeysWith: { first, _ in first })
  }

  private var withoutUnusedSegments: RowSampleProfile {
    var isUsed = segments.map { _ in false }
    for row in rows { isUsed[row.segment] = true }
    guard isUsed.contains(false) else { return self }
    var places: [Int] = []
    var count = 0
    for used in isUsed {
      places.append(count)
      count += used ? 1 : 0
    }
    return RowSampleProfile(
      size: size, names: names, segments: zip(segments, isUsed).filter(\.1).map(\.0),
      rows: rows.map { Row(key: $0.key, segment: places[$0.segment], row: $0.row) },
      values: values)
  }

  /// At most so many of the rows, in order.
  package func first(_ most: Int) -> RowSampleProfile {
    guard rows.count > most else { return self }
    let kept = rows.indices.sorted { rows[$0].wins(over: rows[$1]) }.prefix(most).sorted()
    return RowSampleProfile(
      size: most, names: names, segments: segments, rows: kept.map { rows[$0] },
      values: values.map { column in kept.map { column[$0] } })
  }
}

extension RowSampleProfile: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    left.size == right.size && left.names == right.names && left.segments == right.segments
      && left.rows == right.rows
      && left.values.elementsEqual(right.values) {
        $0.elementsEqual($1) { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
      }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(size)
    hasher.combine(rows)
  }
}
