/// Where the bytes of a CSV come from.
package enum CSVInput: Sendable {
  /// A file, FIFO or device, by its path as the user gave it.
  case file(String)
  /// An open file, from where it stands, after bytes that were read of it before; it can be read one
  /// time, and stays open.
  case stream(Int32, name: String, after: [UInt8])
  /// Bytes in memory, and the name messages use for them.
  case bytes([UInt8], name: String)

  /// What messages call this input.
  package var name: String {
    switch self {
    case .file(let path): path
    case .stream(_, let name, _), .bytes(_, let name): name
    }
  }

  /// File descriptor 0, from where it stands.
  package static let standardInput = CSVInput.stream(0, name: "standard input", after: [])
}

/// What a caller wants of one column.
package enum ColumnRequest: Sendable, Hashable {
  /// Nothing: its cells are not converted and not in the table.
  case skip
  /// Numbers when every cell that has a value is a number, otherwise text.
  case automatic
  /// Numbers; other texts are counted as unparseable.
  case numeric
  /// Levels and how often each occurs.
  case text
}
