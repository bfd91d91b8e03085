/// The text of one input, in order: opens it, decompresses it, rejects what is not CSV text by its
/// first bytes and drops a UTF-8 byte order mark. Or the bytes of a NumPy array, as they are.
struct ByteSource: ~Copyable {
  /// Bytes of the text before the next one that `read` gives.
  private(set) var byteOffset = 0

  /// It is a `.npy` array.
  private(set) var isArray = false

  private var stored: StoredBytes
  private let decompressor: Decompressor?

  /// The first bytes: read to recognise the format, then given out before all others.
  private var prefix: [UInt8] = []
  private var prefixOffset = 0

  /// Opens an input.
  static func opening(_ input: CSVInput) throws(CSVError) -> ByteSource {
    var stored = try StoredBytes(input)
    let prefix = try Self.prefix { (rest) throws(CSVError) in try stored.read(into: rest) }
    guard let compression = Compression.find(in: prefix) else {
      var source = ByteSource(stored, nil)
      source.isArray = prefix.starts(with: NumpyArray.magic)
      if source.isArray { source.prefix = prefix } else { try source.begin(prefix, "") }
      return source
    }
    let decompressor = try Decompressor(compression, prefix: prefix, name: input.name)
    var source = ByteSource(stored, decompressor)
    let text = try Self.prefix { (rest) throws(CSVError) in
      try decompressor.read(into: rest, from: &source.stored)
    }
    try source.begin(text, "decompressed, ")
    return source
  }

  /// Bytes in memory, taken for text as they are.
  init(name: String, memory: [UInt8]) {
    self.init(StoredBytes(name: name, memory: memory), nil)
  }

  private init(_ stored: consuming StoredBytes, _ decompressor: Decompressor?) {
    self.stored = stored
    self.decompressor = decompressor
  }

  /// What messages call the input.
  var name: String { stored.name }

  /// Which file was opened; nil for anything that cannot be opened again.
  var identity: FileIdentity? { stored.identity }

  /// All bytes of the input, as it is stored; nil when that is not known.
  var storedSize: Int? { stored.size }

  /// Places in the text are not places in the input.
  var isCompressed: Bool { decompressor != nil }

  /// Bytes of the input, as it is stored, that the text read so far took.
  var bytesRead: Int { decompressor?.position ?? byteOffset }

  /// Fills the front of a buffer. Gives the number of bytes, fewer than fit if no more are at
  /// hand, and 0 only at the end of the input.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
    let count: Int
    if prefixOffset < prefix.count {
      count = min(buffer.count, prefix.count - prefixOffset)
      buffer.copyBytes(from: prefix[prefixOffset..<prefixOffset + count])
      prefixOffset += count
    } else if let decompressor {
      count = try decompressor.read(into: buffer, from: &stored)
    } else {
      count = try stored.read(into: buffer)
    }
    byteOffset += count
    return count
  }

  /// Fills a buffer; gives fewer bytes than fit only at the end of the input.
  mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Reads on up to a place in the text and drops what is read.
  ///
  /// - Returns: False when the text ends before.
  mutating func skip(to offset: Int, using space: UnsafeMutableRawBufferPointer) throws(CSVError)
    -> Bool
  {
    while byteOffset < offset {
      let part = UnsafeMutableRawBufferPointer(
        rebasing: space.prefix(min(space.count, offset - byteOffset)))
      if try read(into: part) == 0 { return false }
    }
    return byteOffset == offset
  }

  /// The first bytes that a way of reading gives.
  private static func prefix(
    _ read: (UnsafeMutableRawBufferPointer) throws(CSVError) -> Int
  ) throws(CSVError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: FileSignature.prefixLength)
    var filled = 0
    while filled < bytes.count {
      let count = try bytes.withUnsafeMutableBufferPointer { (all) throws(CSVError) in
        let rest = UnsafeMutableBufferPointer(rebasing: all[filled...])
        return try read(UnsafeMutableRawBufferPointer(rest))
      }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// Takes the first bytes of the text.
  private mutating func begin(_ bytes: [UInt8], _ after: String) throws(CSVError) {
    if let signature = FileSignature.find(in: bytes) {
      throw CSVError(
        .notText, file: name, byteOffset: 0,
        "\(after)looks like \(signature.name), not CSV text; \(signature.advice)")
    }
    prefix = bytes
    if bytes.starts(with: FileSignature.utf8ByteOrderMark) {
      prefixOffset = FileSignature.utf8ByteOrderMark.count
      byteOffset = prefixOffset
    }
  }
}
