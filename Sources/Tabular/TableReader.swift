/// Reads tables into columns: text and NumPy arrays, whatever `FormatRegistry` knows.
///
/// A table is opened first, which tells its columns; then it is read into a consumer.
///
/// The text is RFC 4180 with what real files add: a UTF-8 byte order mark, CRLF, LF and CR as line
/// breaks in any mix, a last line without one, padding (spaces and tabs) around cells. Lines that
/// are empty or hold padding only are skipped, as pandas does; `""` on a line is a missing cell. A
/// quote inside an unquoted cell is a plain character. Cells may hold any bytes but NUL.
///
/// Text that begins with the magic bytes of gzip or Zstandard is decompressed on the way, on the
/// thread that cuts it into chunks while others read them.
///
/// A file must be the same one, of the same size and time, from the first look at it until all is
/// read: rows of two states of it would make a table that never was.
///
/// NumPy arrays (`.npy`) of one or two dimensions are tables of numbers without names: NaN is a
/// missing cell, and so is a number that `missingValues` name; a column that is wanted as text has a
/// level for each number. An automatic column of theirs is numeric.
package struct TableReader: Sendable {
  /// How far a reading is.
  package struct Progress: Sendable, Hashable {
    /// Bytes read in this pass, over all inputs; those of a compressed input as it is stored.
    package var bytesRead: Int
    /// Bytes there are to read in a pass; nil when an input's size is not known.
    package var bytesTotal: Int?
    /// 1, or 2 while rows are read again whose numbers turned out to be texts.
    package var pass: Int
  }

  /// How tables are read.
  package let options: CSVOptions

  /// A reader with these options.
  package init(options: CSVOptions = CSVOptions()) {
    self.options = options
  }

  /// Opens inputs that are the partitions of one table: all have the same format and header.
  ///
  /// The first is open when this returns, its header is read; the others are looked up.
  ///
  /// - Parameters:
  ///   - inputs: the partitions, in the order of their rows: all text, or all arrays.
  ///   - progress: called on the caller's thread, after each chunk of a long header; what it throws
  ///     ends the reading.
  /// - Returns: the table, to be read one time.
  /// - Throws: `CSVError`, or what `progress` throws.
  package func open(
    _ inputs: [TableInput], progress: (Progress) throws -> Void = { _ in }
  ) throws -> TableSource {
    if [0x00, 0x0A, 0x0D, 0x22].contains(options.delimiter) {
      throw CSVError(
        .invalidOptions, file: "delimiter",
        "\(Excerpt.quoted([options.delimiter])) cannot separate cells; "
          + "use a byte other than a quote, a line break or NUL")
    }
    return try TableSource(
      inputs, options: options, formats: .tables.decoding(options.encoding), progress: progress)
  }
}
