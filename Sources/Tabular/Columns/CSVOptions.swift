package import CInstructionSets

/// How CSV text is read.
package struct CSVOptions: Sendable {
  /// The texts that mean "no value", beside the empty cell.
  package static let defaultMissingValues = Set(
    ([""] + missingWords).map { ByteString($0) })

  /// The texts that mean "no value", in the order in which they are told.
  package static let missingWords = [
    "NA", "N/A", "n/a", "NaN", "nan", "NAN", "-NaN", "-nan", "null", "NULL", "Null", "None",
    "<NA>", "#N/A", "#NA", "NaT", "\\N", "(null)",
  ]

  /// The byte between two cells: any but a quote, CR, LF and NUL.
  package var delimiter: UInt8 = UInt8(ascii: ",")

  /// Whether each text is looked at for its delimiter, `delimiter` being no more than a default.
  package var findsDelimiter = false

  /// The byte that comment lines begin with, which are skipped; nil for none.
  package var comment: UInt8?

  /// Lines before the header that are skipped, whatever they hold.
  package var skippedLines = 0

  /// How numbers are written.
  package var numbers = NumberNotation()

  /// The encoding of texts that do not say it by a byte order mark; nil for UTF-8.
  package var encoding: TextEncoding?

  /// The texts that mean "no value", compared by bytes. An empty cell is missing in any case.
  package var missingValues: Set<ByteString> = defaultMissingValues

  /// The longest cell accepted, in bytes as written between its delimiters or quotes.
  package var maximumCellBytes = 16 << 20

  /// The longest record accepted, in bytes; it bounds the memory a record may take.
  /// At most 2 GiB, whatever is set.
  package var maximumRecordBytes = 256 << 20

  /// The largest number of columns accepted.
  package var maximumColumns = 1_000_000

  /// Bytes asked for in one read. Small values are for tests; every value gives the same
  /// table. Of two mistakes close together either may be told.
  package var chunkSize = 1 << 20

  /// The bytes that text may take on its way to columns: they bound records, and how many chunks are read
  /// at a time. Nil for no bound.
  package var readingMemory: Int?

  /// The instruction set of the inner loops; every one gives the same result. Not beyond
  /// `InstructionSet.best`.
  package var instructionSet = InstructionSet.best

  /// The defaults: commas, the usual spellings of a missing value, 16 MiB a cell.
  package init() {}

  /// The longest record that memory has room for, with what is made of it. Nil for no bound.
  var longestRecordInMemory: Int? { readingMemory.map { max($0 / 4, 1 << 20) } }

  /// The most chunks, of some bytes each, that are read at a time: of dense numbers each takes six times
  /// its bytes.
  func maximumParsers(ofChunks bytes: Int) -> Int {
    readingMemory.map { max(1, $0 / (6 * max(1, bytes))) } ?? .max
  }

  /// Bytes in a chunk of a table with so many columns. More for wide tables: each column of each chunk
  /// has its own array, which should hold more than a few rows.
  func chunkBytes(columns: Int) -> Int {
    let most = readingMemory.map { max(1, $0 / 8 / max(1, chunkSize)) } ?? 8
    return chunkSize * min(max(columns / 256, 1), 8, most)
  }

  /// The same with sizes that can be worked with.
  var bounded: CSVOptions {
    var options = self
    options.maximumRecordBytes = min(
      max(maximumRecordBytes, 1), longestRecordInMemory ?? .max, Int(Int32.max))
    options.chunkSize = min(max(chunkSize, 1), 1 << 30)
    return options
  }
}

extension CSVOptions {
  /// The same for a text whose dialect is known.
  func with(_ dialect: TextDialect?) -> CSVOptions {
    guard let dialect, dialect.delimiter != delimiter else { return self }
    var options = self
    options.delimiter = dialect.delimiter
    return options
  }
}
