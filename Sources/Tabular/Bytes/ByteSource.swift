/// The bytes of one input, in order: as they are stored, or decompressed, decoded and without comment
/// lines. Its next bytes can be looked at before they are given out.
struct ByteSource: ~Copyable {
  /// Bytes of the content before the next one that `read` gives. Comment lines that are left out do not
  /// count.
  private(set) var byteOffset = 0

  private var stored: StoredBytes
  private var decompressor: Decompressor?
  private var decoder: TextDecoder?
  private var comments: CommentFilter?

  /// Bytes of the content that were read ahead, to recognise what they are, and given out before all
  /// others.
  private var ahead: [UInt8] = []
  private var aheadOffset = 0
  /// Why nothing can be read behind those.
  private var failureAhead: CSVError?

  /// Where the compressed bytes were found to be damaged, in bytes of the content.
  private(set) var damage: (offset: Int, error: CSVError)?

  /// Opens an input and reads so many of its first bytes, fewer when there are no more.
  static func opening(_ input: TableInput, beginning count: Int) throws(CSVError) -> ByteSource {
    var source = ByteSource(try StoredBytes(input))
    try source.readAhead(count)
    return source
  }

  /// Bytes in memory, as they are.
  init(name: String, memory: [UInt8]) {
    self.init(StoredBytes(name: name, memory: memory))
  }

  private init(_ stored: consuming StoredBytes) { self.stored = stored }

  /// Goes on with what the input is when it is decompressed; nothing may have been given out yet.
  mutating func decompress(_ compression: Compression, beginning count: Int) throws(CSVError) {
    decompressor = try Decompressor(compression, prefix: beginning, name: name)
    ahead = []
    try readAhead(count)
  }

  /// Goes on with what the content is in UTF-8; nothing may have been given out yet.
  mutating func decode(_ encoding: TextEncoding, beginning count: Int) throws(CSVError) {
    decoder = try TextDecoder(encoding, prefix: beginning, name: name)
    ahead = []
    try readAhead(count)
  }

  /// Leaves out comment lines from here on: a line begins here.
  mutating func leaveOut(_ comments: CommentFilter) { self.comments = comments }

  /// What was read ahead, and is not given out yet.
  var beginning: [UInt8] { Array(ahead[aheadOffset...]) }

  /// Looks at so many of the next bytes, or all there are up to what cannot be read.
  ///
  /// - Returns: The bytes, and whether they end the content.
  mutating func look(_ count: Int) -> (bytes: [UInt8], isAll: Bool) {
    do throws(CSVError) { try readAhead(count) } catch { failureAhead = error }
    let bytes = Array(ahead[aheadOffset...].prefix(count))
    return (bytes, bytes.count < count && failureAhead == nil)
  }

  private mutating func readAhead(_ count: Int) throws(CSVError) {
    if aheadOffset > 0 {
      ahead.removeFirst(aheadOffset)
      aheadOffset = 0
    }
    let first = ahead.count
    guard first < count, failureAhead == nil else { return }
    var bytes = ahead
    ahead = []
    bytes.append(contentsOf: repeatElement(0, count: count - first))
    var filled = first
    defer {
      bytes.removeLast(count - filled)
      ahead = bytes
    }
    while filled < count {
      let more = try bytes.withUnsafeMutableBufferPointer { (bytes) throws(CSVError) in
        try readContent(
          into: UnsafeMutableRawBufferPointer(
            UnsafeMutableBufferPointer(rebasing: bytes[filled...])),
          filled)
      }
      if more == 0 { break }
      filled += more
    }
  }

  /// Drops so many of the next bytes, which were looked at.
  mutating func dropFirst(_ count: Int) {
    aheadOffset += count
    byteOffset += count
  }

  /// What messages call the input.
  var name: String { stored.name }

  /// Which file was opened; nil for anything that cannot be opened again.
  var identity: FileIdentity? { stored.identity }

  /// All bytes of the input, as it is stored; nil when that is not known.
  var storedSize: Int? { stored.size }

  /// Its content is decompressed.
  var isCompressed: Bool { decompressor != nil }

  /// Places in the content are not places in the input.
  var isDerived: Bool { decompressor != nil || decoder != nil || comments != nil }

  /// Bytes of the input, as it is stored, that the content read so far took.
  var bytesRead: Int {
    decompressor?.position ?? (decoder == nil && comments == nil ? byteOffset : stored.offset)
  }

  /// Fills the front of a buffer. Gives the number of bytes, fewer than fit if no more are at
  /// hand, and 0 only at the end of the input.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(CSVError) -> Int {
    while true {
      var count = try readNext(into: buffer)
      if count > 0, comments != nil {
        count = comments?.apply(UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])) ?? 0
        // All of it was within a comment.
        if count == 0 { continue }
      }
      byteOffset += count
      return count
    }
  }

  private mutating func readNext(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(CSVError) -> Int {
    guard aheadOffset < ahead.count else {
      if let failureAhead { throw failureAhead }
      return try readContent(into: buffer, 0)
    }
    let count = min(buffer.count, ahead.count - aheadOffset)
    buffer.copyBytes(from: ahead[aheadOffset..<aheadOffset + count])
    aheadOffset += count
    if aheadOffset == ahead.count {
      ahead = []
      aheadOffset = 0
    }
    return count
  }

  /// The next bytes of the content; so many before them were read and not given out.
  private mutating func readContent(
    into buffer: UnsafeMutableRawBufferPointer, _ ahead: Int
  ) throws(CSVError) -> Int {
    guard let decoder else { return try readEncoded(into: buffer, ahead) }
    while true {
      let count = decoder.take(into: buffer)
      if count > 0 { return count }
      if let failure = decoder.failure { throw failure }
      if decoder.isAtEnd || buffer.isEmpty { return 0 }
      decoder.decode(adding: try readEncoded(into: decoder.space, ahead))
    }
  }

  private mutating func readEncoded(
    into buffer: UnsafeMutableRawBufferPointer, _ ahead: Int
  ) throws(CSVError) -> Int {
    guard let decompressor else { return try stored.read(into: buffer) }
    do throws(CSVError) {
      return try decompressor.read(into: buffer, from: &stored)
    } catch {
      if error.code == .damaged { damage = (byteOffset + ahead, error) }
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
