/// What the first rows of a table show of a column.
package struct SampledColumn: Sendable, Hashable {
  /// How many cells are of which kind.
  package internal(set) var kinds = CellKinds()
  /// The first cell with a value that is no number, and the first that is no date.
  package internal(set) var firstNoNumber: NumberColumn.Unparseable?
  package internal(set) var firstNoTime: NumberColumn.Unparseable?
  /// The first whole number that begins with a zero it does not need.
  package internal(set) var firstLeadingZero: NumberColumn.Unparseable?
}
