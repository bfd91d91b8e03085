internal import Glibc
internal import Synchronization
internal import Tabular

/// The inputs of a run that can be read only one time: standard input, FIFOs and devices. Their first
/// bytes may be looked at before they are read.
final class InputStreams: Sendable {
  /// What was read of an input, which is open yet.
  struct Begun {
    let descriptor: Int32
    var bytes: [UInt8] = []
    /// Whether that is all.
    var isAtEnd = false
  }

  private struct State {
    /// Inputs that were looked at and that nobody has taken.
    var begun: [ByteString: Begun] = [:]
    /// What is to be closed at the end.
    var taken: [Int32] = []
  }

  private let state = Mutex(State())

  deinit {
    state.withLock { state in
      let descriptors = state.taken + state.begun.values.map(\.descriptor)
      for descriptor in descriptors where descriptor != STDIN_FILENO { close(descriptor) }
    }
  }

  /// Whether what is read of an input is gone. Nothing is gone of what is not there.
  ///
  /// - Throws: `CSVError` when it cannot be looked at: to open it for a look could lose its beginning.
  static func isReadOnce(_ path: String) throws(CSVError) -> Bool {
    guard path != "-" else { return true }
    var info = stat()
    guard stat(path, &info) == 0 else {
      let number = errno
      guard number == ENOENT || number == ENOTDIR else { throw .opening(path, errno: number) }
      return false
    }
    return [S_IFIFO, S_IFCHR].contains(info.st_mode & S_IFMT)
  }

  /// The same of what was handed over.
  static func isReadOnce(_ input: CSVInput) throws(CSVError) -> Bool {
    switch input {
    case .stream: true
    case .file(let path): try isReadOnce(path)
    case .bytes: false
    }
  }

  /// The first bytes of an input, fewer when there are no more of them; waits for those of a stream.
  /// Of what is not there, is a folder or may not be read there are none: reading on says why.
  ///
  /// - Throws: `CSVError` for anything that may go better the next time: what is read then must not be
  ///   taken for something else.
  func beginning(_ path: String, _ count: Int = 8) throws(CSVError) -> ArraySlice<UInt8> {
    guard try Self.isReadOnce(path) else {
      guard var file = try Self.open(path) else { return [] }
      defer { close(file.descriptor) }
      try file.read(upTo: count, path)
      return file.bytes[...]
    }
    return try state.withLock { state throws(CSVError) in
      let name = ByteString(path)
      // Taken out, so that it grows in place.
      var begun = state.begun.removeValue(forKey: name)
      if begun == nil { begun = try Self.open(path) }
      guard var stream = begun else { return [] }
      defer { state.begun[name] = stream }
      try stream.read(upTo: count, path)
      return stream.bytes.prefix(count)
    }
  }

  /// Hands over a stream that was looked at; nil for all other inputs. Whoever reads it another time
  /// finds it as it is then.
  func take(_ path: String) -> Begun? {
    state.withLock { state in
      guard let begun = state.begun.removeValue(forKey: ByteString(path)) else { return nil }
      state.taken.append(begun.descriptor)
      return begun
    }
  }

  /// All of an input as a table. What was looked at is handed over.
  func table(_ path: String) -> CSVInput {
    let name = path == "-" ? CSVInput.standardInput.name : path
    guard let begun = take(path) else { return path == "-" ? .standardInput : .file(path) }
    if begun.isAtEnd { return .bytes(begun.bytes, name: name) }
    return .stream(begun.descriptor, name: name, after: begun.bytes)
  }

  private static func open(_ path: String) throws(CSVError) -> Begun? {
    let descriptor = path == "-" ? STDIN_FILENO : Descriptor.open(path, O_RDONLY)
    if descriptor >= 0 { return Begun(descriptor: descriptor) }
    switch -descriptor {
    case ENOENT, ENOTDIR, EACCES, EPERM, ELOOP, ENAMETOOLONG: return nil
    case let number: throw .opening(path, errno: number)
    }
  }
}

extension InputStreams.Begun {
  /// Reads on until there are so many bytes, or no more. A folder has none.
  fileprivate mutating func read(upTo count: Int, _ path: String) throws(CSVError) {
    var number: Int32 = 0
    while bytes.count < count, !isAtEnd {
      let most = min(count - bytes.count, 1 << 18)
      bytes += [UInt8](unsafeUninitializedCapacity: most) { buffer, initialized in
        let found = Glibc.read(descriptor, buffer.baseAddress, most)
        initialized = max(0, found)
        isAtEnd = found == 0
        if found < 0, errno != EINTR { number = errno }
      }
      if number == EISDIR { return }
      if number != 0 {
        let name = path == "-" ? CSVInput.standardInput.name : path
        throw .reading(name, errno: number, byteOffset: bytes.count)
      }
    }
  }
}
