/// The names of a table's columns.
struct TableHeader: Sendable {
  /// The names as text, without blanks around them.
  let names: [String]
  /// The places of columns that have no name there: they are called by their number, `column 3`.
  let unnamed: Set<Int>
  /// Whether the table has names; those of one that has none are `x0`, `x1`, ...
  let hasNames: Bool
  /// Where it was read.
  let file: String

  /// The names of a table; empty ones are replaced.
  init(names: [String], file: String) {
    unnamed = Set(names.indices.filter { names[$0].isEmpty })
    self.names = names.enumerated().map { $1.isEmpty ? "column \($0 + 1)" : $1 }
    self.file = file
    hasNames = true
  }

  /// The columns of a table without names.
  init(columnCount: Int, file: String) {
    names = (0..<columnCount).map { "x\($0)" }
    unnamed = []
    self.file = file
    hasNames = false
  }

  /// The name as it is written.
  func written(_ index: Int) -> String { unnamed.contains(index) ? "" : names[index] }
}
