package import DriftDetection

/// What a configuration file says of one column.
package struct ColumnOverride: Sendable, Equatable {
  /// The column's name, compared as bytes.
  package let column: String
  /// Where it is named.
  package let place: TextPlace

  /// What the cells are taken for; nil: what the baseline's look like.
  package var kind: ColumnKind?
  /// Whether the column is left out.
  package var isIgnored = false
  /// Whether the tests of all features together leave the column out.
  package var isLeftOutOfMMD = false
  /// Whether it decides the status of the whole check; nil: as the others.
  package var gates: Bool?
  /// How many PSI bins it gets, 2 to 1,000; nil: as many as the others.
  package var psiBins: Int?
  /// How its PSI bins are made; nil: as those of the others.
  package var psiBinning: NumericBinning.Method.Kind?
  /// The interior edges of its PSI bins, ascending, the outer bins being open; nil: from the baseline.
  package var psiEdges: [Double]?
  /// Its own limits, by the name of the key; those of all where there is none.
  package var limits: [String: Double] = [:]

  /// Where its keys stand.
  package var places: [String: TextPlace] = [:]

  /// Nothing yet.
  package init(column: String, place: TextPlace) {
    self.column = column
    self.place = place
  }

  /// Where a key stands.
  func place(of key: OverrideKey) -> TextPlace { places[key.name] ?? place }

  /// The keys that it has, in the order of the table.
  var keys: [OverrideKey] { OverrideKey.all.filter { $0.text(self) != nil } }

  /// Takes back what a key said.
  mutating func remove(_ isUnwanted: (OverrideKey) -> Bool) {
    for key in keys where isUnwanted(key) {
      key.clear(&self)
      places[key.name] = nil
    }
  }
}
