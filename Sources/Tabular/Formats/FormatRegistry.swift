internal import Checked

/// The formats that inputs may have: a new one is a line of this table, and a folder.
package struct FormatRegistry: Sendable {
  /// The formats, in the order in which they are looked for.
  private let formats: [TableFormat]

  /// The encoding of texts that do not say it.
  private(set) var encoding: TextEncoding?

  /// What an input is read as in which no format is recognised.
  private static let text = TableFormat(
    .csv, "CSV text", reading: .table(TextChunker.open), isBegun: { _ in true })

  /// The formats of tables, and those that are refused by their names.
  package static let tables = FormatRegistry(
    [
      TableFormat(.compressed, "a gzip file", [0x1F, 0x8B], reading: .compressed(.gzip)),
      TableFormat(
        .compressed, "a Zstandard file", [0x28, 0xB5, 0x2F, 0xFD], reading: .compressed(.zstandard)),
      TableFormat(.compressed, "a Zstandard file", reading: .compressed(.zstandard)) { beginning in
        // pzstd begins its files with a frame that is to be skipped (RFC 8878, 3.1.2).
        var reader = ByteReader(beginning)
        return reader.littleEndian(UInt32.self).map { $0 & 0xFFFF_FFF0 == 0x184D_2A50 } ?? false
      },
      TableFormat(
        .numpy, "a NumPy array", suffix: ".npy", NumpyArray.magic,
        reading: .table(NumpyChunker.open)),
      // UTF-32 stands before UTF-16, whose mark it begins with.
      encoded("UTF-32LE", [0xFF, 0xFE, 0x00, 0x00]), encoded("UTF-32BE", [0x00, 0x00, 0xFE, 0xFF]),
      encoded("UTF-16LE", [0xFF, 0xFE]), encoded("UTF-16BE", [0xFE, 0xFF]),
    ] + refusedBytes + refusedTexts, encoding: nil)

  /// Bytes of the beginning by which every format is recognised.
  package static let beginningLength = 512

  private init(_ formats: [TableFormat], encoding: TextEncoding?) {
    self.formats = formats
    self.encoding = encoding
  }

  /// The same formats, and before them these.
  package func adding(_ formats: [TableFormat]) -> FormatRegistry {
    FormatRegistry(formats + self.formats, encoding: encoding)
  }

  /// The same formats; texts that do not say their encoding have this one, nil for UTF-8.
  package func decoding(_ encoding: TextEncoding?) -> FormatRegistry {
    FormatRegistry(formats, encoding: encoding)
  }

  /// The format of what begins so.
  package func format(ofBeginning beginning: some Sequence<UInt8>) -> TableFormat {
    let beginning = Array(beginning.prefix(Self.beginningLength))
    return formats.first { $0.isBegun(beginning) } ?? Self.text
  }

  /// Text whose byte order mark says what its encoding is.
  private static func encoded(_ name: String, _ mark: [UInt8]) -> TableFormat {
    TableFormat(.encoded, "\(name.prefix(6)) text", mark, reading: .encoded(name))
  }
}
