import CZlib
import CZstd
import Testing

/// Compressed data: made by the libraries' own compressors.
enum Compressed: String, CaseIterable, Sendable {
  case gzip
  case zstandard

  /// One gzip member or one Zstandard frame, with a checksum.
  func bytes(_ text: some Collection<UInt8>, level: Int32 = 6) throws -> [UInt8] {
    switch self {
    case .gzip: try Self.gzip(Array(text), level)
    case .zstandard: try Self.zstandard(Array(text), level)
    }
  }

  /// A text in as many members or frames as there are cuts, plus one.
  func bytes(_ text: [UInt8], cutAt cuts: [Int], level: Int32 = 6) throws -> [UInt8] {
    let ends = cuts.sorted() + [text.count]
    return try zip([0] + ends, ends).flatMap { try bytes(text[$0..<$1], level: level) }
  }

  private static func gzip(_ text: [UInt8], _ level: Int32) throws -> [UInt8] {
    var text = text
    var stream = z_stream()
    try #require(
      deflateInit2_(
        &stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK)
    defer { deflateEnd(&stream) }
    var result = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(text.count))))
    let status = text.withUnsafeMutableBufferPointer { input in
      result.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return deflate(&stream, Z_FINISH)
      }
    }
    try #require(status == Z_STREAM_END)
    return Array(result.prefix(Int(stream.total_out)))
  }

  private static func zstandard(_ text: [UInt8], _ level: Int32) throws -> [UInt8] {
    let context = try #require(ZSTD_createCCtx())
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    var result = [UInt8](repeating: 0, count: ZSTD_compressBound(text.count))
    let count = ZSTD_compress2(context, &result, result.count, text, text.count)
    try #require(ZSTD_isError(count) == 0)
    return Array(result.prefix(count))
  }
}
