extension TableSource {
  /// Reads all of the table and keeps it.
  ///
  /// Where all rows say that a column is of another kind than the first of them, the inputs are read
  /// again.
  ///
  /// - Parameters:
  ///   - requests: What is wanted of each column in the schema.
  ///   - names: The names of the columns; nil for those in the schema.
  ///   - threads: How many threads to use, at least 1.
  ///   - progress: As for `read`.
  /// - Returns: The table. When an input cannot be read again, the counts of its columns may say that
  ///   they were misread.
  /// - Throws: `CSVError`, or what `progress` throws.
  package func table(
    _ requests: [ColumnRequest], names: [String]? = nil, threads: Int = 1,
    progress: (TableReader.Progress) throws -> Void = { _ in }
  ) throws -> Table {
    var builder = TableBuilder()
    try read(into: &builder, requests, names: names, threads: threads, progress: progress)
    let table = builder.table
    let wanted = requests.indices.filter { requests[$0] != .skip }
    var corrected = requests
    for (column, index) in zip(table.columns, wanted) {
      if let kind = column.counts.misread { corrected[index] = kind }
    }
    guard corrected != requests, !isReadOnce else { return table }
    builder = TableBuilder()
    func again(_ step: TableReader.Progress) throws {
      var step = step
      step.pass = 2
      try progress(step)
    }
    let source = try TableSource(
      inputs.map(\.reopened), options: options, formats: formats, progress: again)
    try source.read(into: &builder, corrected, names: names, threads: threads, progress: again)
    for (input, identity) in zip(inputs, zip(identities, source.identities))
    where identity.0 != identity.1 {
      throw CSVError.changed(input.name)
    }
    return builder.table
  }

  /// Whether some input that was read is gone.
  private var isReadOnce: Bool {
    zip(inputs, identities).contains { input, identity in
      if case .bytes = input { false } else { identity == nil }
    }
  }
}
