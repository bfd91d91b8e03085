internal import Checked

/// The formats that inputs may have: a new one is a line of this table, and a folder.
package struct FormatRegistry: Sendable {
  /// The formats, in the order in which they are looked for.
  private let formats: [TableFormat]

  /// What an input is read as in which no format is recognised.
  private static let text = TableFormat(
    .csv, "CSV text", reading: .table(TextChunker.open), isBegun: { _ in true })

  /// The formats of tables, and those that are refused by their names.
  package static let tables = FormatRegistry([
    TableFormat(.compressed, "a gzip file", [0x1F, 0x8B], reading: .compressed(.gzip)),
    TableFormat(
      .compressed, "a Zstandard file", [0x28, 0xB5, 0x2F, 0xFD], reading: .compressed(.zstandard)),
    TableFormat(.compressed, "a Zstandard file", reading: .compressed(.zstandard)) { beginning in
      // pzstd begins its files with a frame that is to be skipped (RFC 8878, 3.1.2).
      var reader = ByteReader(beginning)
      return reader.littleEndian(UInt32.self).map { $0 & 0xFFFF_FFF0 == 0x184D_2A50 } ?? false
    },
    TableFormat(
      .numpy, "a NumPy array", suffix: ".npy", NumpyArray.magic, reading: .table(NumpyChunker.open)),

    refused("an xz file", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "decompress it first"),
    refused(
      "a ZIP archive or an Excel workbook", Array("PK\u{3}\u{4}".utf8),
      "extract it or export a sheet as CSV"),
    refused("an empty ZIP archive", Array("PK\u{5}\u{6}".utf8), "give a CSV file"),
    refusedWord("a Parquet file", "PAR1"), refusedWord("an Arrow file", "ARROW1"),
    refused("an HDF5 file", [0x89] + Array("HDF\r\n".utf8), "convert it to CSV"),
    // UTF-32 stands before UTF-16, whose mark it begins with.
    refused("UTF-32 text", [0xFF, 0xFE, 0x00, 0x00], "save it as UTF-8"),
    refused("UTF-32 text", [0x00, 0x00, 0xFE, 0xFF], "save it as UTF-8"),
    refused("UTF-16 text", [0xFF, 0xFE], "save it as UTF-8"),
    refused("UTF-16 text", [0xFE, 0xFF], "save it as UTF-8"),
  ])

  /// Bytes of the beginning by which every format is recognised.
  package static let beginningLength = 8

  private init(_ formats: [TableFormat]) { self.formats = formats }

  /// The same formats, and before them these.
  package func adding(_ formats: [TableFormat]) -> FormatRegistry {
    FormatRegistry(formats + self.formats)
  }

  /// The format of what begins so.
  package func format(ofBeginning beginning: some Sequence<UInt8>) -> TableFormat {
    let beginning = Array(beginning.prefix(Self.beginningLength))
    return formats.first { $0.isBegun(beginning) } ?? Self.text
  }

  private static func refused(
    _ name: String, _ beginning: [UInt8], _ advice: String
  ) -> TableFormat {
    TableFormat(.other, name, beginning, reading: .refused(advice: advice))
  }

  /// A format whose files begin with letters only. A CSV may begin this way too, so a byte that is no
  /// text has to follow.
  private static func refusedWord(_ name: String, _ word: String) -> TableFormat {
    let word = Array(word.utf8)
    return TableFormat(.other, name, reading: .refused(advice: "convert it to CSV")) { beginning in
      guard beginning.starts(with: word) else { return false }
      guard let next = ByteReader(beginning).peek(word.count) else { return true }
      return (next < 0x20 && ![0x09, 0x0A, 0x0D].contains(next)) || next >= 0x7F
    }
  }
}
