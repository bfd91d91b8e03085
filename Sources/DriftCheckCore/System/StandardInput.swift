internal import Glibc
internal import Synchronization
internal import Tabular

/// Standard input, whose first bytes may be looked at before it is read.
final class StandardInput: Sendable {
  private let begun = Mutex<[UInt8]?>(nil)

  /// How many bytes tell what is in it.
  private static let size = 8

  /// The first eight bytes, or all when there are fewer; waits for them. Of what cannot be read there
  /// are none: reading on says why.
  var beginning: [UInt8] {
    begun.withLock { begun in
      if let begun { return begun }
      var bytes: [UInt8] = []
      while bytes.count < Self.size {
        var rest = [UInt8](repeating: 0, count: Self.size - bytes.count)
        let count = read(STDIN_FILENO, &rest, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        bytes += rest[..<count]
      }
      begun = bytes
      return bytes
    }
  }

  /// What was read already, and comes before what is still to be read.
  var taken: [UInt8] { begun.withLock { $0 ?? [] } }

  /// All of it as a table.
  var table: CSVInput {
    let taken = taken
    return taken.isEmpty ? .standardInput : .standardInputAfter(taken)
  }
}
