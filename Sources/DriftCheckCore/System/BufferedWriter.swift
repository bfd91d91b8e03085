import Glibc

/// Text on its way to a descriptor, such as standard output.
///
/// When the reader of a pipe has gone the rest is dropped without an error, so that
/// `drift-check ... | head` ends as if all had been read. SIGPIPE must be ignored (see `Signals`).
package struct BufferedWriter: Sendable {
  /// Where the text goes.
  package let descriptor: Int32
  /// Whether the reader has gone.
  package private(set) var isReaderGone = false

  private let name: String
  private let capacity: Int
  private var buffer: [UInt8] = []

  /// Creates a writer.
  /// - Parameters:
  ///   - descriptor: An open descriptor; it is never closed here.
  ///   - name: What errors call it.
  ///   - capacity: The bytes kept before they are written.
  package init(
    descriptor: Int32 = 1, name: String = "standard output", capacity: Int = 65_536
  ) {
    self.descriptor = descriptor
    self.name = name
    self.capacity = capacity
  }

  /// Appends text and writes it when enough has come together.
  /// - Throws: `OutputError` when it cannot be written.
  package mutating func write(_ text: String) throws(OutputError) {
    guard !isReaderGone else { return }
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= capacity { try flush() }
  }

  /// Appends bytes and writes them when enough have come together.
  /// - Throws: `OutputError` when they cannot be written.
  package mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    guard !isReaderGone else { return }
    buffer += bytes
    if buffer.count >= capacity { try flush() }
  }

  /// Writes what has not been written yet. To be called at the end.
  /// - Throws: `OutputError` when it cannot be written.
  package mutating func flush() throws(OutputError) {
    guard !buffer.isEmpty else { return }
    let code = Descriptor.write(buffer, to: descriptor)
    buffer.removeAll(keepingCapacity: true)
    switch code {
    case 0: return
    case EPIPE: isReaderGone = true
    default: throw .writing(name, code)
    }
  }
}
