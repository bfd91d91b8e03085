import Glibc

/// The bytes of one input as they are stored, in order, with system errors as `CSVError`.
struct StoredBytes: ~Copyable {
  /// What messages call the input.
  let name: String

  /// Bytes of the input before the next one that `read` gives.
  private(set) var offset = 0

  /// Which file was opened; nil for anything that cannot be opened again.
  let identity: FileIdentity?

  /// What a file that somebody else has opened was when its reading began; nil for other inputs.
  private let begun: FileIdentity?

  /// The open file; negative when all bytes are in memory.
  private let descriptor: Int32
  private let closesDescriptor: Bool
  /// The bytes that come before those of the file.
  private let memory: [UInt8]

  /// Opens an input.
  init(_ input: TableInput) throws(CSVError) {
    switch input {
    case .bytes(let bytes, let name): self.init(name: name, memory: bytes)
    case .stream(let descriptor, let name, let begun):
      self.init(name: name, descriptor: descriptor, closes: false, after: begun)
    case .openFile(let descriptor, let path, let begun):
      self.init(name: path, descriptor: descriptor, closes: false, after: begun, isWhole: true)
    case .file(let path):
      self.init(name: path, descriptor: try Self.open(path), closes: true, isWhole: true)
    }
  }

  private init(
    name: String, descriptor: Int32, closes: Bool, after bytes: [UInt8] = [], isWhole: Bool = false
  ) {
    self.name = name
    self.descriptor = descriptor
    closesDescriptor = closes
    memory = bytes
    begun = isWhole ? nil : FileIdentity(descriptor: descriptor)
    // A stream may stand anywhere in its file. The read that follows reports a directory.
    identity = isWhole ? try? FileIdentity(descriptor: descriptor, name: name) : nil
  }

  /// Bytes in memory.
  init(name: String, memory: [UInt8]) {
    self.name = name
    self.memory = memory
    descriptor = -1
    closesDescriptor = false
    identity = nil
    begun = nil
  }

  deinit {
    if closesDescriptor { _ = close(descriptor) }
  }

  /// Fills the front of a buffer. Gives the number of bytes, fewer than fit if no more are at
  /// hand, and 0 only at the end of the input.
  ///
  /// - Throws: `CSVError` when it cannot be read, and at the end of a file that has changed.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
    let isInMemory = descriptor < 0 || offset < memory.count
    let count = try isInMemory ? readFromMemory(into: buffer) : readFromFile(into: buffer)
    if count == 0, buffer.count > 0, hasChanged { throw CSVError.changed(name) }
    offset += count
    return count
  }

  /// All bytes of the input; nil when that is not known.
  var size: Int? { descriptor < 0 ? memory.count : identity?.size }

  /// The file is no longer what it was when it was opened, or its path leads to another one.
  var hasChanged: Bool {
    if let identity { return FileIdentity(at: name) != identity }
    return begun != nil && FileIdentity(descriptor: descriptor) != begun
  }

  private func readFromFile(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EISDIR: throw CSVError.directory(name)
      case let number: throw CSVError.reading(name, errno: number, byteOffset: offset)
      }
    }
  }

  private func readFromMemory(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(memory.count - offset, buffer.count)
    buffer.copyBytes(from: memory[offset..<offset + count])
    return count
  }

  /// The descriptor of a file that was opened for reading.
  static func open(_ path: String) throws(CSVError) -> Int32 {
    // A path ends at its first NUL for the system, so it would name another file.
    guard !path.utf8.contains(0) else { throw CSVError.opening(path, errno: ENOENT) }
    while true {
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
      if descriptor >= 0 { return descriptor }
      let number = errno
      if number != EINTR { throw CSVError.opening(path, errno: number) }
    }
  }
}
