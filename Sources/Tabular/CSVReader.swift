/// Reads CSV text into columns.
///
/// The text is RFC 4180 with what real files add: a UTF-8 byte order mark, CRLF, LF and CR as line
/// breaks in any mix, a last line without one, padding (spaces and tabs) around cells. Lines that
/// are empty or hold padding only are skipped, as pandas does; `""` on a line is a missing cell. A
/// quote inside an unquoted cell is a plain character. Cells may hold any bytes but NUL.
package struct CSVReader: Sendable {
  /// How far a reading is.
  package struct Progress: Sendable, Hashable {
    /// Bytes read in this pass, over all inputs.
    package var bytesRead: Int
    /// Bytes there are to read in a pass; nil when an input's size is not known.
    package var bytesTotal: Int?
    /// 1, or 2 while rows are read again whose numbers turned out to be texts.
    package var pass: Int
  }

  /// How the text is read.
  package let options: CSVOptions

  /// A reader with these options.
  package init(options: CSVOptions = CSVOptions()) {
    self.options = options
  }

  /// Reads inputs that are the partitions of one table: all have the same header.
  ///
  /// Memory beyond the table is one chunk and the longest record. An input that cannot be read
  /// twice (standard input, a FIFO) is also kept whole while an `automatic` column may still turn
  /// out to be text; a file is opened again instead.
  ///
  /// - Parameters:
  ///   - inputs: the partitions, in the order of their rows.
  ///   - plan: gives for each column, by the names in the header, what is wanted of it.
  ///   - threads: how many threads to use, at least 1; they end with the call and no result depends
  ///     on them.
  ///   - progress: called on the caller's thread, after each chunk that this thread read; what it
  ///     throws ends the reading.
  /// - Returns: the columns that were not skipped.
  /// - Throws: `CSVError`, or what `plan` or `progress` throws.
  package func read(
    _ inputs: [CSVInput], plan: ([String]) throws -> [ColumnRequest], threads: Int = 1,
    progress: (Progress) throws -> Void = { _ in }
  ) throws -> Table {
    try checkOptions()
    var reading = CSVReading(options: options, inputs: inputs)
    try reading.prepare()
    return try reading.run(plan: plan, progress: progress)
  }

  /// Reads inputs as `read` does and hands the rows on instead of keeping their numbers: memory
  /// does not grow with the number of rows.
  ///
  /// - Parameters:
  ///   - inputs: the partitions, in the order of their rows.
  ///   - plan: as for `read`, without `automatic`: rows cannot be taken back.
  ///   - threads: how many threads to use, at least 1.
  ///   - consumer: gets the rows. After an error it has got some of them.
  ///   - progress: called on the caller's thread, after each chunk that this thread read; what it
  ///     throws ends the reading.
  /// - Returns: the columns with their counts and levels, but without numbers: the `chunks` are
  ///   empty.
  /// - Throws: `CSVError`, or what `plan` or `progress` throws.
  package func stream<Consumer: RowConsumer>(
    _ inputs: [CSVInput], plan: ([String]) throws -> [ColumnRequest], threads: Int = 1,
    consumer: inout Consumer, progress: (Progress) throws -> Void = { _ in }
  ) throws -> Table {
    let table = try read(inputs, plan: plan, threads: threads, progress: progress)
    let columns = table.columns.map { column -> [Double] in
      guard case .numbers(let numbers) = column.cells else { return [] }
      return numbers.values
    }
    let step = 4096
    for first in stride(from: 0, to: table.rowCount, by: step) {
      let count = min(step, table.rowCount - first)
      var block: [Double] = []
      for column in columns {
        block +=
          column.isEmpty
          ? [Double](repeating: 0, count: count) : Array(column[first..<first + count])
      }
      block.withUnsafeBufferPointer { values in
        guard let base = values.baseAddress else { return }
        let rows = RowBatch(
          rowCount: count, values: base, stride: count,
          places: columns.indices.map { columns[$0].isEmpty ? -1 : $0 })
        consumer.collect(consumer.profile(rows), rows, firstRow: first)
      }
    }
    return Table(
      columns: table.columns.map { column in
        guard case .numbers(var numbers) = column.cells else { return column }
        numbers.chunks = []
        return TableColumn(name: column.name, cells: .numbers(numbers))
      }, rowCount: table.rowCount)
  }

  private func checkOptions() throws(CSVError) {
    if [0x00, 0x0A, 0x0D, 0x22].contains(options.delimiter) {
      throw CSVError(
        .invalidOptions, file: "delimiter",
        "\(Excerpt.quoted([options.delimiter])) cannot separate cells; "
          + "use a byte other than a quote, a line break or NUL")
    }
  }
}
