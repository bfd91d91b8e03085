/// The bytes of one input, in order, as they are stored or decompressed. Its first bytes can be looked
/// at before they are given out.
struct ByteSource: ~Copyable {
  /// Bytes of the content before the next one that `read` gives.
  private(set) var byteOffset = 0

  private var stored: StoredBytes
  private var decompressor: Decompressor?

  /// The first bytes of the content: read to recognise its format, then given out before all others.
  private(set) var beginning: [UInt8] = []
  private var beginningOffset = 0

  /// Where the compressed bytes were found to be damaged, in bytes of the content.
  private(set) var damage: (offset: Int, error: CSVError)?

  /// Opens an input and reads so many of its first bytes, fewer when there are no more.
  static func opening(_ input: TableInput, beginning count: Int) throws(CSVError) -> ByteSource {
    var source = ByteSource(try StoredBytes(input))
    source.beginning = try source.firstBytes(count)
    return source
  }

  /// Bytes in memory, as they are.
  init(name: String, memory: [UInt8]) {
    self.init(StoredBytes(name: name, memory: memory))
  }

  private init(_ stored: consuming StoredBytes) { self.stored = stored }

  /// Goes on with what the input is when it is decompressed; nothing may have been read yet.
  mutating func decompress(_ compression: Compression, beginning count: Int) throws(CSVError) {
    decompressor = try Decompressor(compression, prefix: beginning, name: name)
    beginning = []
    beginning = try firstBytes(count)
  }

  private mutating func firstBytes(_ count: Int) throws(CSVError) -> [UInt8] {
    byteOffset = 0
    var bytes = [UInt8](repeating: 0, count: count)
    let filled = try bytes.withUnsafeMutableBufferPointer { (bytes) throws(CSVError) in
      try fill(UnsafeMutableRawBufferPointer(bytes))
    }
    byteOffset = 0
    bytes.removeLast(count - filled)
    return bytes
  }

  /// Drops the first bytes of the content; at most those that were looked at.
  mutating func dropFirst(_ count: Int) {
    beginningOffset = count
    byteOffset = count
  }

  /// What messages call the input.
  var name: String { stored.name }

  /// Which file was opened; nil for anything that cannot be opened again.
  var identity: FileIdentity? { stored.identity }

  /// All bytes of the input, as it is stored; nil when that is not known.
  var storedSize: Int? { stored.size }

  /// Places in the content are not places in the input.
  var isCompressed: Bool { decompressor != nil }

  /// Bytes of the input, as it is stored, that the content read so far took.
  var bytesRead: Int { decompressor?.position ?? byteOffset }

  /// Fills the front of a buffer. Gives the number of bytes, fewer than fit if no more are at
  /// hand, and 0 only at the end of the input.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
    let count: Int
    if beginningOffset < beginning.count {
      count = min(buffer.count, beginning.count - beginningOffset)
      buffer.copyBytes(from: beginning[beginningOffset..<beginningOffset + count])
      beginningOffset += count
    } else if let decompressor {
      count = try readDecompressed(decompressor, into: buffer)
    } else {
      count = try stored.read(into: buffer)
    }
    byteOffset += count
    return count
  }

  private mutating func readDecompressed(
    _ decompressor: Decompressor, into buffer: UnsafeMutableRawBufferPointer
  ) throws(CSVError) -> Int {
    do throws(CSVError) {
      return try decompressor.read(into: buffer, from: &stored)
    } catch {
      if error.code == .damaged { damage = (byteOffset, error) }
      throw error
    }
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

  /// Reads on up to a place in the content and drops what is read.
  ///
  /// - Returns: False when the content ends before.
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
}
