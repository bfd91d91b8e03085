/// The names of a table's columns.
struct TableHeader: Sendable {
  /// The names as text, without blanks around them.
  let names: [String]
  /// Whether the table has names; those of one that has none are `x0`, `x1`, ...
  let hasNames: Bool
  /// Where it was read.
  let file: String

  /// The names of a table.
  init(names: [String], file: String) {
    self.names = names
    self.file = file
    hasNames = true
  }

  /// The columns of a table without names.
  init(columnCount: Int, file: String) {
    names = (0..<columnCount).map { "x\($0)" }
    self.file = file
    hasNames = false
  }
}
