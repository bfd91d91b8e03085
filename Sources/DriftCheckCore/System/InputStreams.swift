internal import Glibc
internal import Synchronization
internal import Tabular

/// The inputs of a run that can be read only one time: standard input, FIFOs and devices. Their first
/// bytes may be looked at before they are read.
final class InputStreams: Sendable {
  private struct Stream {
    let descriptor: Int32
    /// What was read of it.
    var begun: [UInt8] = []
  }

  private let streams = Mutex<[ByteString: Stream]>([:])

  deinit {
    streams.withLock { streams in
      for stream in streams.values where stream.descriptor != STDIN_FILENO {
        close(stream.descriptor)
      }
    }
  }

  /// Whether what is read of an input is gone.
  static func isReadOnce(_ path: String) -> Bool {
    var info = stat()
    guard path != "-", stat(path, &info) == 0 else { return path == "-" }
    return [S_IFIFO, S_IFCHR].contains(info.st_mode & S_IFMT)
  }

  /// The first bytes of an input, fewer when there are no more of them; waits for those of a stream.
  /// Of what cannot be read there are none: reading on says why.
  func beginning(_ path: String, _ count: Int = 8) -> ArraySlice<UInt8> {
    guard Self.isReadOnce(path) else {
      let descriptor = Descriptor.open(path, O_RDONLY)
      guard descriptor >= 0 else { return [] }
      defer { close(descriptor) }
      return Self.read(descriptor, count)[...]
    }
    return streams.withLock { streams in
      let name = ByteString(path)
      guard var stream = streams[name] ?? Self.open(path) else { return [] }
      stream.begun += Self.read(stream.descriptor, count - stream.begun.count)
      streams[name] = stream
      return stream.begun.prefix(count)
    }
  }

  /// A stream that was looked at, and what was read of it; nil for all other inputs.
  func begun(_ path: String) -> (descriptor: Int32, bytes: [UInt8])? {
    streams.withLock { $0[ByteString(path)] }.map { ($0.descriptor, $0.begun) }
  }

  /// All of an input as a table.
  func table(_ path: String) -> CSVInput {
    let begun = begun(path)
    if path == "-" { return .standardInput(after: begun?.bytes ?? []) }
    return begun.map { .stream($0.descriptor, name: path, after: $0.bytes) } ?? .file(path)
  }

  private static func open(_ path: String) -> Stream? {
    let descriptor = path == "-" ? STDIN_FILENO : Descriptor.open(path, O_RDONLY)
    return descriptor >= 0 ? Stream(descriptor: descriptor) : nil
  }

  /// So many bytes, or those up to the end.
  private static func read(_ descriptor: Int32, _ count: Int) -> [UInt8] {
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...])
        let found = Glibc.read(descriptor, rest.baseAddress, rest.count)
        if found < 0, errno == EINTR { continue }
        guard found > 0 else { break }
        initialized += found
      }
    }
  }
}
