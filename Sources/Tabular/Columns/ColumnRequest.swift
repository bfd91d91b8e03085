/// What a caller wants of one column.
package enum ColumnRequest: Sendable, Hashable {
  /// Nothing: its cells are not converted and not in the table.
  case skip
  /// What most of its cells are: times, numbers or text; see `CellKinds`.
  case automatic
  /// Numbers; other texts are counted as unparseable.
  case numeric
  /// Points in time, as seconds since 1970; other texts are counted as unparseable.
  case time
  /// Levels and how often each occurs.
  case text
}
