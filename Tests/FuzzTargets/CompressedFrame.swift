internal import CZlib
internal import CZstd

/// Compressed bytes whose sums of control are those of what is in them.
enum CompressedFrame {
  /// A file of one or two members, and the text in it as another reader has it; nil where that is
  /// none or not known.
  static func file(_ bytes: inout FuzzBytes) -> (file: [UInt8], text: [UInt8]?) {
    switch bytes.choice(4) {
    case 0: gzip(&bytes)
    case 1: zstandard(&bytes)
    // Bytes of the fuzzer's own behind the magic number.
    case 2: ([0x1F, 0x8B] + bytes.rest, nil)
    default: ([0x28, 0xB5, 0x2F, 0xFD] + bytes.rest, nil)
    }
  }

  private static func gzip(_ bytes: inout FuzzBytes) -> (file: [UInt8], text: [UInt8]?) {
    let flags = bytes.byte()
    var file: [UInt8] = [0x1F, 0x8B, 8, flags & 0x1E, 0, 0, 0, 0, 0, 3]
    if flags & 4 == 4 {
      let extra = bytes.take(bytes.choice(16))
      file += [UInt8(extra.count), 0] + extra
    }
    if flags & 8 == 8 { file += bytes.take(bytes.choice(8)).filter { $0 != 0 } + [0] }
    if flags & 16 == 16 { file += bytes.take(bytes.choice(8)).filter { $0 != 0 } + [0] }
    if flags & 2 == 2 {
      let sum = crc(file)
      file += [UInt8(truncatingIfNeeded: sum), UInt8(truncatingIfNeeded: sum >> 8)]
    }
    // Either text that is packed, or the fuzzer's own stream, whose sums are made to fit.
    let isPacked = flags & 1 == 1
    let body = isPacked ? deflated(bytes.rest) : bytes.rest
    guard let (text, used) = inflated(body) else { return (file + body, nil) }
    file += body[..<used]
    for number in [crc(text), UInt(text.count)] {
      file += (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    // What is behind it is another member, or something else.
    let rest = body[used...]
    if flags & 0x20 == 0x20, !rest.isEmpty { return (file + rest, nil) }
    return flags & 0x40 == 0x40 ? (file + file, text + text) : (file, text)
  }

  private static func zstandard(_ bytes: inout FuzzBytes) -> (file: [UInt8], text: [UInt8]?) {
    let (flags, patch, value) = (bytes.byte(), bytes.word(), bytes.byte())
    let text = bytes.rest
    var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(text.count))
    let size = text.withUnsafeBytes { input in
      packed.withUnsafeMutableBytes {
        ZSTD_compress($0.baseAddress, $0.count, input.baseAddress, input.count, 1)
      }
    }
    packed.removeLast(packed.count - size)
    // A frame that may be skipped, of any length that it says.
    let isSkipped = flags & 2 == 2
    let skipped: [UInt8] =
      isSkipped
      ? [0x50, 0x2A, 0x4D, 0x18, flags & 4 == 4 ? value : 2, 0, 0, flags & 8 == 8 ? 0xFF : 0, 1, 2]
      : []
    let isPatched = flags & 1 == 1
    if isPatched { packed[4 + Int(patch % UInt64(packed.count - 4))] ^= value }
    return (packed + skipped, isPatched || isSkipped ? nil : text)
  }

  private static func crc(_ bytes: [UInt8]) -> UInt { crc32(0, bytes, UInt32(bytes.count)) }

  private static func deflated(_ text: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    deflateInit2_(&stream, 1, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    defer { deflateEnd(&stream) }
    var packed = [UInt8](repeating: 0, count: 64 + 2 * text.count)
    var text = text
    let left = run(&stream, &text, &packed) { deflate($0, Z_FINISH) }.left
    packed.removeLast(left)
    return packed
  }

  /// The text of a stream and how many bytes the stream has; nil when it is none, or a long one.
  private static func inflated(_ body: [UInt8]) -> (text: [UInt8], used: Int)? {
    var stream = z_stream()
    inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { inflateEnd(&stream) }
    var text = [UInt8](repeating: 0, count: 1 << 16)
    var body = body
    let end = run(&stream, &body, &text) { inflate($0, Z_FINISH) }
    guard end.code == Z_STREAM_END else { return nil }
    text.removeLast(end.left)
    return (text, body.count - end.unread)
  }

  private static func run(
    _ stream: inout z_stream, _ input: inout [UInt8], _ output: inout [UInt8],
    _ step: (UnsafeMutablePointer<z_stream>) -> Int32
  ) -> (code: Int32, unread: Int, left: Int) {
    input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        let code = step(&stream)
        return (code, Int(stream.avail_in), Int(stream.avail_out))
      }
    }
  }
}
