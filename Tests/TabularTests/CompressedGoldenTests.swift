import Foundation
import Tabular
import Testing

/// Small files made by gzip 1.12 and zstd 1.5.4, all of the text `a,b`, `1,x`, `2,y`.
@Suite struct CompressedGoldenTests {
  static let files: [(name: String, base64: String)] = [
    ("gzip -9n", "H4sIAAAAAAACA0vUSeIy1KngMtKp5AIAwpZ+nQwAAAA="),
    ("gzip, with name and time", "H4sICAC5VWkAA3QuY3N2AEvUSeIy1KngMtKp5AIAwpZ+nQwAAAA="),
    (
      "two members, cut in a row",
      "H4sIAAAAAAAAA0vUSeIy1KngMtIBAD2tdzgKAAAAH4sIAAAAAAAAA6vkAgBeOfFfAgAAAA=="
    ),
    ("zstd", "KLUv/SQMYQAAYSxiCjEseAoyLHkKLp8hRg=="),
    ("zstd --no-check", "KLUv/SAMYQAAYSxiCjEseAoyLHkK"),
    ("zstd, from a pipe", "KLUv/QRYYQAAYSxiCjEseAoyLHkKLp8hRg=="),
    ("two frames, cut in a row", "KLUv/SQKUQAAYSxiCjEseAoyLKGerNcotS/9JAIRAAB5CnaJWVA="),
    ("pzstd", "UCpNGAQAAAAZAAAAKLUv/QRYYQAAYSxiCjEseAoyLHkKLp8hRg=="),
  ]

  static func bytes(_ base64: String) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: base64)))
  }

  private func check(_ bytes: [UInt8], chunk: Int = 1 << 20) throws {
    let table = try read([bytes], options: options(chunk: chunk))
    #expect(table.rowCount == 2)
    #expect(try #require(table.numbers("a")).values == [1, 2])
    #expect(try #require(table.levels("b")).summary == ["x x 1", "y x 1"])
  }

  private func failure(_ bytes: [UInt8]) throws -> CSVError {
    try #require(throws: CSVError.self) { try read([bytes]) }
  }

  @Test(arguments: files.indices, [1, 2, 5, 1 << 20])
  func isRead(_ index: Int, chunk: Int) throws {
    try check(Self.bytes(Self.files[index].base64), chunk: chunk)
  }

  /// As gzip(1) does with tapes, which are padded to whole blocks.
  @Test(arguments: [1, 3, 512, 300_000])
  func zerosBehindGzip(_ count: Int) throws {
    try check(Self.bytes(Self.files[0].base64) + [UInt8](repeating: 0, count: count))
  }

  /// `gzip -n` and `zstd` of nothing.
  @Test(arguments: ["H4sIAAAAAAAAAwMAAAAAAAAAAAA=", "KLUv/SQAAQAAmenYUQ=="])
  func nothing(_ base64: String) throws {
    let bytes = try Self.bytes(base64)
    let error = try failure(bytes)
    #expect(error.code == .empty)
    #expect(
      error.description == "test.csv: is empty; expected a header and at least one row")
    // An empty member is no end.
    let more = bytes[0] == 0x1F ? Self.files[0] : Self.files[3]
    try check(bytes + Self.bytes(more.base64) + bytes)
  }

  /// Only a frame that is to be skipped, and one of any number in front, between and behind.
  @Test func skippableFrames() throws {
    #expect(try failure([0x5F, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 7, 7]).code == .empty)
    let frame = try Self.bytes(Self.files[3].base64)
    for byte: UInt8 in 0x50...0x5F {
      let skipped: [UInt8] = [byte, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
      try check(skipped + frame + skipped)
    }
  }

  @Test(arguments: [0, 1, 2, 3, 5, 6])
  func somethingBehind(_ index: Int) throws {
    let bytes = try Self.bytes(Self.files[index].base64)
    let format = bytes[0] == 0x1F ? "gzip" : "Zstandard"
    for rubbish: [UInt8] in [
      [0x0A], [0x0D, 0x0A], [0x1F], [0x1F, 0x8C, 8, 0], [0x1F, 0x8B, 9, 0, 0, 0, 0, 0],
      Array("a,b\n1,2\n".utf8), [0x28, 0xB5], [0, 0, 0, 0, 1], [0x61, 0x61, 0x61, 0x61, 0x61],
    ] {
      if format == "gzip" && rubbish == [0x1F, 0x8B, 9, 0, 0, 0, 0, 0] { continue }
      let error = try failure(bytes + rubbish)
      #expect(error.code == .damaged && error.byteOffset == bytes.count, "\(rubbish)")
      #expect(
        error.description == "test.csv: something else follows the \(format) data at byte "
          + "\(bytes.count); remove it, or copy or compress the file again")
    }
  }

  /// A member whose header is not one.
  @Test func badMemberBehind() throws {
    let bytes = try Self.bytes(Self.files[0].base64)
    let error = try failure(bytes + [0x1F, 0x8B, 9, 0, 0, 0, 0, 0])
    #expect(error.code == .damaged)
    #expect(
      error.description == "test.csv: the gzip data is damaged at byte \(bytes.count + 4) "
        + "(unknown compression method); copy or compress the file again")
  }

  /// A member that follows padding is none for gzip(1) either.
  @Test func memberBehindZeros() throws {
    let bytes = try Self.bytes(Self.files[0].base64)
    let error = try failure(bytes + [0, 0] + bytes)
    #expect(error.code == .damaged && error.byteOffset == bytes.count)
  }

  /// The beginning of what `zstd --long=28` made of 300 MB.
  @Test func windowTooLarge() throws {
    let error = try failure(Self.bytes("KLUv/QSQVAAAEDc3AQD7/znA"))
    #expect(error.code == .unsupported)
    #expect(
      error.description == "test.csv: the Zstandard data at byte 0 needs a window of more than "
        + "128 MiB of memory; compress it with --long=27 or less")
  }

  /// A frame of dictionary 7 (RFC 8878, 3.1.1.1.3).
  @Test func dictionary() throws {
    let error = try failure([0x28, 0xB5, 0x2F, 0xFD, 0x21, 7, 12, 0x61, 0, 0, 0x61, 0x61, 0x61])
    #expect(error.code == .unsupported)
    #expect(
      error.description
        == "test.csv: the Zstandard data at byte 0 needs a dictionary; compress it without one")
  }

  @Test(arguments: Compressed.allCases)
  func whatIsInside(_ compressed: Compressed) throws {
    for (content, name, advice) in [
      (try Self.bytes(Self.files[0].base64), "a gzip file", "decompress it first"),
      (try Self.bytes(Self.files[3].base64), "a Zstandard file", "decompress it first"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "an xz file", "decompress it first"),
      (Array("PK\u{3}\u{4}".utf8), "a ZIP archive or an Excel workbook", "extract it or export"),
      ([0x93] + Array("NUMPY".utf8) + [1, 0], "a NumPy array (.npy)", "decompress it first"),
    ] as [([UInt8], String, String)] {
      let error = try failure(try compressed.bytes(content))
      #expect(error.code == .notText)
      #expect(
        error.description.hasPrefix(
          "test.csv: decompressed, looks like \(name), not CSV text; \(advice)"), "\(error)")
    }
  }
}
