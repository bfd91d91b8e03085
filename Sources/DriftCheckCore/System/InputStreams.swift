internal import Glibc
internal import Synchronization
internal import Tabular

/// The inputs of a run, whose first bytes may be looked at before they are read. What was opened for
/// that is handed over, as some can be read only one time: standard input, FIFOs and devices.
final class InputStreams: Sendable {
  /// What was read of an input, which is open yet.
  struct Begun {
    let descriptor: Int32
    /// Which file it was; nil for what can be read only one time.
    var identity: FileIdentity?
    var bytes: [UInt8] = []
    /// Whether that is all.
    var isAtEnd = false
  }

  private struct State {
    /// Inputs that were looked at and that nobody has taken.
    var begun: [ByteString: Begun] = [:]
    /// What is to be closed at the end.
    var taken: [Int32] = []
    /// The formats of files.
    var formats: [ByteString: TableFormat.ID] = [:]
    /// How many files were left open.
    var openFiles = 0
  }

  /// How many files are left open after a look: a folder may hold more of them than a process may
  /// have open, so others are opened again.
  private static let maximumOpenFiles = 32

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
  static func isReadOnce(_ input: TableInput) throws(CSVError) -> Bool {
    switch input {
    case .stream: true
    case .file(let path): try isReadOnce(path)
    case .openFile, .bytes: false
    }
  }

  /// What an input is by its first bytes. A file is looked at one time.
  ///
  /// - Throws: As `beginning`.
  func format(_ path: String) throws(CSVError) -> TableFormat.ID {
    let isReadOnce = try Self.isReadOnce(path)
    let name = ByteString(path)
    if !isReadOnce, let known = state.withLock({ $0.formats[name] }) { return known }
    let beginning = try beginning(path, FormatRegistry.beginningLength)
    let format = InputFormats.registry.format(ofBeginning: beginning).id
    if !isReadOnce { state.withLock { $0.formats[name] = format } }
    return format
  }

  /// The first bytes of an input, fewer when there are no more of them; waits for those of a stream.
  /// Of what is not there, is a folder or may not be read there are none: reading on says why.
  ///
  /// - Throws: `CSVError` for anything that may go better the next time: what is read then must not be
  ///   taken for something else.
  func beginning(_ path: String, _ count: Int) throws(CSVError) -> ArraySlice<UInt8> {
    let isReadOnce = try Self.isReadOnce(path)
    return try state.withLock { state throws(CSVError) in
      let name = ByteString(path)
      // Taken out, so that it grows in place.
      var begun = state.begun.removeValue(forKey: name)
      let isNew = begun == nil
      if isNew { begun = try Self.open(path) }
      guard var input = begun else { return [] }
      if isNew, !isReadOnce {
        input.identity = FileIdentity(descriptor: input.descriptor)
        guard input.identity != nil, state.openFiles < Self.maximumOpenFiles else {
          defer { close(input.descriptor) }
          try input.read(upTo: count, path)
          return input.bytes[...]
        }
        state.openFiles += 1
      }
      defer { state.begun[name] = input }
      try input.read(upTo: count, path)
      return input.bytes.prefix(count)
    }
  }

  /// Hands over an input that was looked at; nil for all others, and for a file that is another one
  /// by now. Whoever reads it another time finds it as it is then.
  func take(_ path: String) -> Begun? {
    state.withLock { state in
      guard let begun = state.begun.removeValue(forKey: ByteString(path)) else { return nil }
      state.taken.append(begun.descriptor)
      guard let identity = begun.identity else { return begun }
      return FileIdentity(at: path) == identity ? begun : nil
    }
  }

  /// All of an input as a table. What was looked at is handed over.
  func table(_ path: String) -> TableInput {
    let name = path == "-" ? TableInput.standardInput.name : path
    guard let begun = take(path) else { return path == "-" ? .standardInput : .file(path) }
    if begun.identity != nil {
      return .openFile(begun.descriptor, path: path, after: begun.bytes)
    }
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
        let name = path == "-" ? TableInput.standardInput.name : path
        throw .reading(name, errno: number, byteOffset: bytes.count)
      }
    }
  }
}
