internal import DriftDetection
internal import Tabular

extension InputError {
  /// A column of an input that cannot be read twice, which turned out to be of another kind than its
  /// first rows.
  static func misread(_ column: String, as kind: ColumnRequest?, file: String) -> InputError {
    let kinds: [ColumnRequest: (what: String, flag: String)] = [
      .numeric: ("numbers", "--numeric"), .text: ("text", "--categorical"),
    ]
    let (what, flag) =
      kind.flatMap { kinds[$0] } ?? ("dates or times", "--categorical, or --exclude,")
    return InputError(
      file: file,
      detail:
        "column '\(column)' is \(what) by all of its rows, and something else by the first of "
        + "them; the input cannot be read twice; give \(flag) \(column)")
  }
}

extension InputError {
  /// A column that is to be of numbers and has none.
  fileprivate static func noNumber(
    _ column: String, first: CellText?, file: String
  ) -> InputError {
    let cell = first.map {
      "; the first cell is \(Excerpt.quoted($0.text))\($0.place.map { " (\($0))" } ?? "")"
    }
    return InputError(
      file: file,
      detail: "column '\(column)' has no number\(cell ?? ""); leave out --numeric \(column)")
  }
}

extension CheckOptions {
  /// Refuses a baseline whose column is to be of numbers and has none.
  ///
  /// - Throws: `InputError`.
  func requireForcedValues(
    _ table: Table, file: String
  ) throws(InputError) {
    let forced = Set(numeric.map { ByteString($0) })
    for column in table.columns where forced.contains(ByteString(column.name)) {
      let counts = column.counts
      guard counts.unparseable > 0, counts.missing + counts.unparseable == table.rowCount else {
        continue
      }
      throw .noNumber(column.name, first: ColumnDetails(counts).first, file: file)
    }
  }

  /// The same of a profile.
  func requireForcedValues(_ profile: DatasetProfile, file: String) throws(InputError) {
    let forced = Set(numeric.map { ByteString($0) })
    for column in profile.columns where forced.contains(ByteString(column.name)) {
      guard let numbers = column.numbers, numbers.unparseable > 0,
        numbers.tally.rows == numbers.tally.nans
      else { continue }
      throw .noNumber(column.name, first: column.details.first, file: file)
    }
  }
}
