internal import Checked

/// Files that are no text, and are told by their first bytes.
extension FormatRegistry {
  static let refusedBytes: [TableFormat] =
    [
      refused("an xz file", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], unpack),
      refused("an lz4 file", [0x04, 0x22, 0x4D, 0x18], unpack),
      refused("a bzip2 file", unpack) { beginning in
        beginning.starts(with: Array("BZh".utf8))
          && beginning.dropFirst(4).starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
      },
      refused("a 7z archive", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "extract it first"),
      refused("a tar archive", "extract it first") { beginning in
        beginning.dropFirst(257).starts(with: Array("ustar".utf8))
      },
      refused("an Excel workbook (.xlsx)", exportSheet) { beginning in
        beginning.starts(with: zip)
          && ["[Content_Types].xml", "xl/", "_rels/.rels"].contains { contains(beginning, $0) }
      },
      refused("a ZIP archive or an Excel workbook", zip, "extract it or export a sheet as CSV"),
      refused("an empty ZIP archive", Array("PK\u{5}\u{6}".utf8), "give a CSV file"),
      refused(
        "an old Excel workbook (.xls)", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        exportSheet),
      refusedWord("a Parquet file", "PAR1"), refusedWord("an encrypted Parquet file", "PARE"),
      refusedWord("an Arrow file", "ARROW1"), refusedWord("a Feather file", "FEA1"),
      refused("an Arrow stream", convert) { beginning in
        var reader = ByteReader(beginning)
        guard let mark = reader.littleEndian(UInt32.self), mark == .max,
          let length = reader.littleEndian(UInt32.self)
        else { return false }
        return length % 8 == 0 && length < 1 << 28
      },
      refusedWord("an Avro file", "Obj\u{1}"), refusedWord("an ORC file", "ORC"),
      refused("an HDF5 file", [0x89] + Array("HDF\r\n".utf8), convert),
      refused("an SQLite database", Array("SQLite format 3\0".utf8), "export a table as CSV"),
      refused("a PDF document", Array("%PDF-".utf8), "give the table that it was made from as CSV"),
      refused("a picture (PNG)", [0x89] + Array("PNG\r\n".utf8), "give a CSV file"),
      refused("a picture (JPEG)", [0xFF, 0xD8, 0xFF], "give a CSV file"),
      refused("a program (ELF)", [0x7F] + Array("ELF".utf8), "give a CSV file"),
      refused("a Python pickle", "write it as CSV, by to_csv") { beginning in
        beginning.count > 2 && beginning[0] == 0x80 && (2...5).contains(beginning[1])
          && beginning[2] > 0x20 && beginning[2] != UInt8(ascii: ",")
      },
    ]

  static let convert = "convert it to CSV"
  private static let unpack = "decompress it first"
  private static let exportSheet = "export the sheet as CSV"
  private static let zip = Array("PK\u{3}\u{4}".utf8)

  private static func contains(_ beginning: [UInt8], _ text: String) -> Bool {
    let text = Array(text.utf8)
    return beginning.indices.contains { beginning[$0...].starts(with: text) }
  }

  static func refused(
    _ name: String, _ beginning: [UInt8], _ advice: String
  ) -> TableFormat {
    TableFormat(.other, name, beginning, reading: .refused(advice: advice))
  }

  static func refused(
    _ name: String, _ advice: String, isBegun: @escaping @Sendable ([UInt8]) -> Bool
  ) -> TableFormat {
    TableFormat(.other, name, reading: .refused(advice: advice), isBegun: isBegun)
  }

  /// A format whose files begin with letters only. A CSV may begin this way too, so a byte that is no
  /// text has to follow.
  private static func refusedWord(_ name: String, _ word: String) -> TableFormat {
    let word = Array(word.utf8)
    return refused(name, convert) { beginning in
      guard beginning.starts(with: word) else { return false }
      guard let next = ByteReader(beginning).peek(word.count) else { return true }
      return (next < 0x20 && ![0x09, 0x0A, 0x0D].contains(next)) || next >= 0x7F
    }
  }
}
