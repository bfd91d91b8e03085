extension CSVError {
  /// The kinds of failure; new ones may be added.
  package struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Kind: String, Sendable {
      case inputMissing, inputUnreadable, inputIsDirectory, ioError, inputChanged
      case empty, noRows, notText, damaged, unsupported
      case delimiter, headerEncoding, emptyName, duplicateName, headerMismatch, tooManyColumns
      case raggedRow, unterminatedQuote, textAfterQuote, cellTooLong, recordTooLong
      case invalidOptions, planMismatch
    }

    private let kind: Kind

    private init(_ kind: Kind) {
      self.kind = kind
    }

    /// The case's name.
    package var description: String { kind.rawValue }

    // MARK: Getting at the bytes

    /// There is nothing at the path.
    package static let inputMissing = Code(.inputMissing)
    /// The input is there but cannot be opened.
    package static let inputUnreadable = Code(.inputUnreadable)
    /// The path names a directory.
    package static let inputIsDirectory = Code(.inputIsDirectory)
    /// The system reported an error while reading.
    package static let ioError = Code(.ioError)
    /// A file is no longer what it was when the reading began.
    package static let inputChanged = Code(.inputChanged)

    // MARK: The input as a whole

    /// There is no header: the input is empty or holds empty lines only, or there is no input.
    package static let empty = Code(.empty)
    /// There is a header and no row.
    package static let noRows = Code(.noRows)
    /// The bytes are not CSV text: another format, another encoding or a NUL byte.
    package static let notText = Code(.notText)
    /// Compressed or binary data that is cut off, fails its checks or is followed by something else.
    package static let damaged = Code(.damaged)
    /// A format that is read, in a form that is not.
    package static let unsupported = Code(.unsupported)

    // MARK: The header

    /// The delimiter is another one than was given, or cannot be told.
    package static let delimiter = Code(.delimiter)
    /// A column name is not valid UTF-8.
    package static let headerEncoding = Code(.headerEncoding)
    /// A column has no name.
    package static let emptyName = Code(.emptyName)
    /// Two columns have the same name.
    package static let duplicateName = Code(.duplicateName)
    /// Partitions of one table have different headers.
    package static let headerMismatch = Code(.headerMismatch)
    /// The header has more columns than `CSVOptions.maximumColumns`.
    package static let tooManyColumns = Code(.tooManyColumns)

    // MARK: Records

    /// A row has more or fewer cells than the header.
    package static let raggedRow = Code(.raggedRow)
    /// A quote is never closed.
    package static let unterminatedQuote = Code(.unterminatedQuote)
    /// Something other than a delimiter or a line break follows a closing quote.
    package static let textAfterQuote = Code(.textAfterQuote)
    /// A cell is longer than `CSVOptions.maximumCellBytes`.
    package static let cellTooLong = Code(.cellTooLong)
    /// A record is longer than `CSVOptions.maximumRecordBytes`.
    package static let recordTooLong = Code(.recordTooLong)

    // MARK: The caller

    /// The options contradict each other or cannot be met.
    package static let invalidOptions = Code(.invalidOptions)
    /// The plan has not one request for each column: a bug in the caller.
    package static let planMismatch = Code(.planMismatch)
  }
}
