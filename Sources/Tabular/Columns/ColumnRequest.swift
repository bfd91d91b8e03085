/// What a caller wants of one column.
package enum ColumnRequest: Sendable, Hashable {
  /// Nothing: its cells are not converted and not in the table.
  case skip
  /// Numbers when every cell that has a value is a number, otherwise text.
  case automatic
  /// Numbers; other texts are counted as unparseable.
  case numeric
  /// Levels and how often each occurs.
  case text
}
