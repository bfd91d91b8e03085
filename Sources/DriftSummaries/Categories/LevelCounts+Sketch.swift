internal import DriftColumns

extension LevelCounts {
  /// The counts of a sketch.
  /// - Complexity: O(1).
  package init(_ sketch: LevelSketch, missing: Int) {
    self.init(
      table: sketch.table, present: sketch.count, missing: missing, countError: sketch.countError,
      sample: sketch.sample)
  }
}
