internal import Checked

/// What text that is no CSV looks like from its first bytes. gzip and Zstandard files and NumPy arrays
/// come here only from inside of another file.
struct FileSignature: Sendable {
  /// The first bytes.
  let bytes: [UInt8]
  /// What has this beginning, with its article.
  let name: String
  /// What to do about it.
  let advice: String
  /// Letters only: a CSV may begin this way too, so a byte that is no text has to follow.
  var isText = false

  /// Bytes of the beginning needed to recognise every signature.
  static let prefixLength = 16

  /// The UTF-8 byte order mark, which is skipped.
  static let utf8ByteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static let decompress = "decompress it first"
  private static let convert = "convert it to CSV"
  private static let reencode = "save it as UTF-8"

  /// UTF-32 stands before UTF-16, whose mark it begins with.
  private static let all: [FileSignature] = [
    FileSignature(bytes: [0x1F, 0x8B], name: "a gzip file", advice: decompress),
    FileSignature(
      bytes: [0x28, 0xB5, 0x2F, 0xFD], name: "a Zstandard file", advice: decompress),
    FileSignature(
      bytes: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], name: "an xz file", advice: decompress),
    FileSignature(
      bytes: Array("PK\u{3}\u{4}".utf8), name: "a ZIP archive or an Excel workbook",
      advice: "extract it or export a sheet as CSV"),
    FileSignature(
      bytes: Array("PK\u{5}\u{6}".utf8), name: "an empty ZIP archive",
      advice: "give a CSV file"),
    FileSignature(
      bytes: NumpyArray.magic, name: "a NumPy array (.npy)", advice: decompress),
    FileSignature(
      bytes: Array("PAR1".utf8), name: "a Parquet file", advice: convert, isText: true),
    FileSignature(
      bytes: Array("ARROW1".utf8), name: "an Arrow file", advice: convert, isText: true),
    FileSignature(
      bytes: [0x89] + Array("HDF\r\n".utf8), name: "an HDF5 file", advice: convert),
    FileSignature(bytes: [0xFF, 0xFE, 0x00, 0x00], name: "UTF-32 text", advice: reencode),
    FileSignature(bytes: [0x00, 0x00, 0xFE, 0xFF], name: "UTF-32 text", advice: reencode),
    FileSignature(bytes: [0xFF, 0xFE], name: "UTF-16 text", advice: reencode),
    FileSignature(bytes: [0xFE, 0xFF], name: "UTF-16 text", advice: reencode),
  ]

  /// The signature these first bytes carry, if any.
  static func find(in prefix: [UInt8]) -> FileSignature? {
    all.first { signature in
      guard prefix.starts(with: signature.bytes) else { return false }
      guard signature.isText, let next = ByteReader(prefix).peek(signature.bytes.count) else {
        return true
      }
      return (next < 0x20 && ![0x09, 0x0A, 0x0D].contains(next)) || next >= 0x7F
    }
  }
}
