internal import DriftColumns
internal import DriftSummaries

/// New levels that differ from levels of the baseline in writing only: `red` for `Red`.
///
/// Levels are compared by bytes, and these stay new; a person should know at once what they are.
struct RewrittenLevels: Sendable, Hashable {
  /// A new level and the one that it stands for.
  struct Pair: Sendable, Hashable {
    let new: Level
    let known: Level
    let difference: WritingDifference
  }

  /// The pairs, the most frequent new level first.
  let pairs: [Pair]
  /// Their rows, of the current data.
  let rows: Int
  /// All rows of the current data that have a value.
  private let present: Int

  /// New levels that are looked at, the most frequent.
  private static let mostNew = 1_000
  /// Levels of the baseline up to which all are looked at: beyond are names and numbers.
  private static let mostKnown = 200_000

  /// Nil when there are none.
  /// - Complexity: O(levels of both).
  init?(baseline: LevelCounts, current: LevelCounts) {
    var frequent = FrequentLevels<Int>(Self.mostNew)
    current.table.forEach { level, count in
      if baseline.table.count(of: level) == 0 { frequent.offer(level, count: count, counts: count) }
    }
    let new = frequent.levels
    guard !new.isEmpty, baseline.table.count <= Self.mostKnown else { return nil }
    func form(_ level: Level) -> WritingDifference.Form {
      WritingDifference.Form(level.description, asNumber: true)
    }
    let forms = new.map { form($0.level) }
    let wanted = Set(forms)
    // Of several that it may stand for the most frequent, then the first by bytes.
    var known: [WritingDifference.Form: (level: Level, count: Int)] = [:]
    baseline.table.forEach { bytes, count in
      let level = Level(bytes: Array(bytes))
      let form = form(level)
      guard wanted.contains(form) else { return }
      if let other = known[form], (other.count, level) > (count, other.level) { return }
      known[form] = (level, count)
    }
    var pairs: [Pair] = []
    var rows = 0
    for ((level, count), form) in zip(new, forms) {
      guard let other = known[form]?.level,
        let difference = WritingDifference(
          other.description, level.description, asNumbers: true)
      else { continue }
      pairs.append(Pair(new: level, known: other, difference: difference))
      rows += count
    }
    guard !pairs.isEmpty else { return nil }
    (self.pairs, self.rows, present) = (pairs, rows, current.present)
  }

  private init(_ pairs: [Pair], rows: Int, present: Int) {
    (self.pairs, self.rows, self.present) = (pairs, rows, present)
  }

  /// Those whose level of the baseline is gone; nil when there are none.
  func lost(from current: LevelCounts) -> RewrittenLevels? {
    let lost = pairs.filter { current.table.count(of: $0.known) == 0 }
    return lost.isEmpty ? nil : RewrittenLevels(lost, rows: rows, present: present)
  }

  /// What a person should know.
  var words: String {
    let examples = pairs.prefix(3).map {
      "'\($0.new.description.showingInvisible)' is '\($0.known.description.showingInvisible)' but for "
        + "\($0.difference)"
    }
    return examples.joined(separator: ", ")
      + (pairs.count > 3 ? " and \(pairs.count - 3) more" : "")
  }

  /// The share of rows that they have.
  var share: Double { present > 0 ? Double(rows) / Double(present) : 0 }
}
