/// Where the bytes of a table come from.
package enum TableInput: Sendable {
  /// A file, FIFO or device, by its path as the user gave it.
  case file(String)
  /// A regular file that is open already, after bytes that were read of it before. It stays open, and
  /// is opened again by its path where that is needed.
  case openFile(Int32, path: String, after: [UInt8])
  /// An open file, from where it stands, after bytes that were read of it before; it can be read one
  /// time, and stays open.
  case stream(Int32, name: String, after: [UInt8])
  /// Bytes in memory, and the name messages use for them.
  case bytes([UInt8], name: String)

  /// What messages call this input.
  package var name: String {
    switch self {
    case .file(let path), .openFile(_, let path, _): path
    case .stream(_, let name, _), .bytes(_, let name): name
    }
  }

  /// The path to open it by; nil for what has none.
  package var path: String? {
    switch self {
    case .file(let path), .openFile(_, let path, _): path
    case .stream, .bytes: nil
    }
  }

  /// The input from its beginning once more.
  var reopened: TableInput { path.map { .file($0) } ?? self }

  /// File descriptor 0, from where it stands.
  package static let standardInput = TableInput.stream(0, name: "standard input", after: [])

  /// The size in bytes, as it is stored; nil when that is not known.
  ///
  /// - Throws: `CSVError` for a path that leads to nothing.
  func storedSize() throws(CSVError) -> Int? {
    switch self {
    case .bytes(let bytes, _): bytes.count
    case .stream: nil
    case .file(let path): try FileIdentity(path: path)?.size
    case .openFile(let descriptor, let path, _):
      try FileIdentity(descriptor: descriptor, name: path)?.size
    }
  }
}
