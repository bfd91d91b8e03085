internal import Tabular

/// The names that an array takes from the table on the other side of a check.
struct ArrayNames {
  /// The files of the array, and those of the other table.
  let array: [String]
  let other: [String]
  /// The names there; nil when that has none to give.
  let names: [String]?
  /// Those of columns without a name there.
  var unnamed: [String] = []

  /// The names of a table's columns: its own, or those of the other side. Nil for `x0`, `x1`, ...
  ///
  /// - Throws: `InputError` when the other side has more or fewer columns.
  func names(of schema: TableSchema) throws(InputError) -> [String]? {
    let count = schema.columnNames.count
    guard !schema.hasNames, let names, names.count != count else {
      return schema.hasNames ? nil : names
    }
    throw InputError(
      file: InputTables.title(array),
      detail: "the array has \(count) column\(count == 1 ? "" : "s"), but \(names.count) in "
        + "\(InputTables.title(other)), from which it takes its names; give the same columns on "
        + "both sides")
  }
}
