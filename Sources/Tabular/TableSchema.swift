/// What is known of a table when it is open.
package struct TableSchema: Sendable {
  /// The names of all columns; `x0`, `x1`, ... when the table has no names.
  package let columnNames: [String]
  /// Those of columns without a name, which are called by their number: `column 3`.
  package let unnamed: [String]
  /// Whether the table has names.
  package let hasNames: Bool
  /// What kind of file it is.
  package let format: TableFormat.ID
  /// The bytes of all inputs, as they are stored; nil when that is not known.
  package let storedSize: Int?
}
