import Glibc

/// The bytes of one input, in order: opens it, rejects what is not CSV text by its first bytes,
/// drops a UTF-8 byte order mark and turns system errors into `CSVError`.
struct ByteSource: ~Copyable {
  /// What messages call the input.
  let name: String

  /// Bytes of the input before the next one that `read` gives.
  private(set) var byteOffset = 0

  /// Which file was opened; nil for anything that cannot be opened again.
  let identity: FileIdentity?

  /// The open file; negative when the bytes are in memory.
  private let descriptor: Int32
  private let closesDescriptor: Bool
  private let memory: [UInt8]
  private var memoryOffset = 0

  /// The first bytes: read to recognise the format, then given out before all others.
  private var prefix: [UInt8] = []
  private var prefixOffset = 0

  /// Opens an input.
  static func opening(_ input: CSVInput) throws(CSVError) -> ByteSource {
    var source =
      switch input {
      case .bytes(let bytes, _):
        ByteSource(name: input.name, memory: bytes)
      case .standardInput:
        ByteSource(name: input.name, descriptor: 0, closes: false)
      case .file(let path):
        ByteSource(name: path, descriptor: try open(path), closes: true)
      }
    try source.readPrefix()
    return source
  }

  private init(name: String, descriptor: Int32, closes: Bool) {
    self.name = name
    self.descriptor = descriptor
    closesDescriptor = closes
    memory = []
    // Standard input may stand anywhere in its file. The read that follows reports a directory.
    identity = closes ? try? FileIdentity(descriptor: descriptor, name: name) : nil
  }

  /// Bytes in memory, taken for text as they are.
  init(name: String, memory: [UInt8]) {
    self.name = name
    self.memory = memory
    descriptor = -1
    closesDescriptor = false
    identity = nil
  }

  deinit {
    if closesDescriptor { _ = close(descriptor) }
  }

  /// Fills the front of a buffer. Gives the number of bytes, fewer than fit if no more are at
  /// hand, and 0 only at the end of the input.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
    let count: Int
    if prefixOffset < prefix.count {
      count = min(buffer.count, prefix.count - prefixOffset)
      buffer.copyBytes(from: prefix[prefixOffset..<prefixOffset + count])
      prefixOffset += count
    } else {
      count = try readBeyondPrefix(into: buffer)
    }
    byteOffset += count
    return count
  }

  private mutating func readPrefix() throws(CSVError) {
    var bytes = [UInt8](repeating: 0, count: FileSignature.prefixLength)
    var filled = 0
    while filled < bytes.count {
      let count = try bytes.withUnsafeMutableBufferPointer { (all) throws(CSVError) in
        let rest = UnsafeMutableBufferPointer(rebasing: all[filled...])
        return try readBeyondPrefix(into: UnsafeMutableRawBufferPointer(rest))
      }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    if let signature = FileSignature.find(in: bytes) {
      throw CSVError(
        .notText, file: name, byteOffset: 0,
        "looks like \(signature.name), not CSV text; \(signature.advice)")
    }
    prefix = bytes
    if bytes.starts(with: FileSignature.utf8ByteOrderMark) {
      prefixOffset = FileSignature.utf8ByteOrderMark.count
      byteOffset = prefixOffset
    }
  }

  private mutating func readBeyondPrefix(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(CSVError) -> Int {
    guard descriptor >= 0 else { return readFromMemory(into: buffer) }
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EISDIR: throw CSVError.directory(name)
      case let number: throw CSVError.reading(name, errno: number, byteOffset: byteOffset)
      }
    }
  }

  private mutating func readFromMemory(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(memory.count - memoryOffset, buffer.count)
    buffer.copyBytes(from: memory[memoryOffset..<memoryOffset + count])
    memoryOffset += count
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
