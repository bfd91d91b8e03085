package import DriftColumns

/// What is known of a categorical column.
package struct LevelSummary: Sendable, Hashable {
  /// The levels with their rows: all of them, or the frequent ones if they are too many.
  package var sketch: LevelSketch
  /// The rows without a value.
  var missing: Int

  init(_ sketch: LevelSketch, missing: Int) {
    self.sketch = sketch
    self.missing = missing
  }

  /// All rows, with a value or without.
  package var rows: Int { sketch.count + missing }

  /// What the tests take.
  /// - Complexity: O(1).
  package var counts: LevelCounts { LevelCounts(sketch, missing: missing) }

  /// Whether some cell is a number, as far as is known.
  /// - Complexity: O(levels).
  package var mayHoldNumbers: Bool {
    var found = !sketch.isExact
    sketch.forEachLevel { level, _ in
      found = found || Double(String(decoding: level, as: UTF8.self)).map { !$0.isNaN } ?? false
    }
    return found
  }

  mutating func merge(_ other: LevelSummary) {
    sketch.merge(other.sketch)
    missing += other.missing
  }
}
