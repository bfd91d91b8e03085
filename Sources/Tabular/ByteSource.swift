import Glibc

/// The bytes of one input, in order: opens it, rejects what is not CSV text by its first bytes,
/// drops a UTF-8 byte order mark and turns system errors into `CSVError`.
struct ByteSource: ~Copyable {
  /// What messages call the input.
  let name: String

  /// Bytes of the input before the next one that `read` gives.
  private(set) var byteOffset = 0

  /// What was read from an input that cannot be read twice; empty when it is not kept.
  private(set) var retained: [[UInt8]] = []

  /// Which file was opened; nil for anything that cannot be opened again.
  let identity: FileIdentity?

  /// The open file; negative when the bytes are in memory.
  private let descriptor: Int32
  private let closesDescriptor: Bool
  private let pieces: [[UInt8]]
  private var piece = 0
  private var pieceOffset = 0

  /// The first bytes: read to recognise the format, then given out before all others.
  private var prefix: [UInt8] = []
  private var prefixOffset = 0
  private var isRetaining: Bool

  /// Opens an input. With `retains`, what is read is kept in `retained` when the input cannot be
  /// opened again.
  static func opening(_ input: CSVInput, retains: Bool) throws(CSVError) -> ByteSource {
    var source =
      switch input {
      case .bytes(let bytes, _):
        ByteSource(name: input.name, pieces: [bytes])
      case .standardInput:
        ByteSource(name: input.name, descriptor: 0, closes: false, retains: retains)
      case .file(let path):
        ByteSource(name: path, descriptor: try open(path), closes: true, retains: retains)
      }
    try source.readPrefix()
    return source
  }

  /// Gives out bytes that were kept from an earlier reading of an input.
  static func replaying(_ pieces: [[UInt8]], name: String) throws(CSVError) -> ByteSource {
    var source = ByteSource(name: name, pieces: pieces)
    try source.readPrefix()
    return source
  }

  private init(name: String, descriptor: Int32, closes: Bool, retains: Bool) {
    self.name = name
    self.descriptor = descriptor
    closesDescriptor = closes
    pieces = []
    // Standard input may stand anywhere in its file. The read that follows reports a directory.
    identity = closes ? try? FileIdentity(descriptor: descriptor, name: name) : nil
    isRetaining = retains && identity == nil
  }

  private init(name: String, pieces: [[UInt8]]) {
    self.name = name
    self.pieces = pieces
    descriptor = -1
    closesDescriptor = false
    identity = nil
    isRetaining = false
  }

  deinit {
    if closesDescriptor { _ = close(descriptor) }
  }

  /// Keeps no further bytes; those kept so far stay, or are freed when not needed either.
  mutating func stopRetaining(freeing: Bool) {
    isRetaining = false
    if freeing { retained = [] }
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
      if count >= 0 {
        if isRetaining && count > 0 { retained.append(Array(buffer[..<count])) }
        return count
      }
      switch errno {
      case EINTR: continue
      case EISDIR: throw CSVError.directory(name)
      case let number: throw CSVError.reading(name, errno: number, byteOffset: byteOffset)
      }
    }
  }

  private mutating func readFromMemory(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while piece < pieces.count {
      let left = pieces[piece].count - pieceOffset
      if left > 0 {
        let count = min(left, buffer.count)
        buffer.copyBytes(from: pieces[piece][pieceOffset..<pieceOffset + count])
        pieceOffset += count
        return count
      }
      piece += 1
      pieceOffset = 0
    }
    return 0
  }

  private static func open(_ path: String) throws(CSVError) -> Int32 {
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
