import Foundation
import Glibc
import Tabular
import Testing

@Suite struct FormatRegistryTests {
  @Test func formatsByTheirFirstBytes() {
    let numpy = [0x93] + Array("NUMPY\u{1}\0".utf8)
    let cases: [([UInt8], TableFormat.ID)] = [
      ([], .csv), (Array("a,b\n1,2\n".utf8), .csv), ([0xEF, 0xBB, 0xBF, 0x61], .csv),
      (numpy, .numpy), (Array(numpy.prefix(5)), .csv), ([0x1F, 0x8B, 8], .compressed),
      ([0x28, 0xB5, 0x2F, 0xFD], .compressed), ([0x5A, 0x2A, 0x4D, 0x18, 4, 0], .compressed),
      (Array("PAR1\u{15}\u{4}".utf8), .other), (Array("PAR1,x\n".utf8), .csv),
      (Array("PK\u{3}\u{4}".utf8), .other), ([0xFF, 0xFE, 0x61, 0], .encoded),
    ]
    for (beginning, expected) in cases {
      // What follows changes nothing.
      #expect(FormatRegistry.tables.format(ofBeginning: beginning).id == expected)
      #expect(
        FormatRegistry.tables.format(ofBeginning: beginning + Array(",x,y,z,0\n".utf8)).id
          == expected)
    }
  }

  /// Texts that are no tables are told by what no header has.
  @Test func textsThatAreNoTables() {
    let refused = [
      "<?xml version=\"1.0\"?>\n<a/>", "\u{FEFF}<?XML ?>", "\n <!DOCTYPE html>\n", "<html>\n<body>",
      "<HTML lang=\"en\">", "<Error><Code>AccessDenied</Code></Error>", "<rows>\n  <row>1</row>",
      "{\"a\": 1}\n{\"a\": 2}\n", "{\n  \"a\": [1]\n}", "{}", "[{\"a\":1}]", "[\n  [1, 2]\n]",
      "[\"a\", \"b\"]", "version https://git-lfs.github.com/spec/v1\noid", "%PDF-1.7",
      "SQLite format 3\0", "\u{50}K\u{3}\u{4}", "{\\rtf1",
    ]
    for text in refused {
      #expect(FormatRegistry.tables.format(ofBeginning: text.utf8).id == .other, "\(text)")
    }
    let tables = [
      "<TICKER>,<PER>,<DATE>\nA,D,1\n", "<TICKER>;<PER>\n", "<a>\n1\n", "<x,y\n", "<,>\n",
      "{a},b\n1,2\n", "{\"a\",b\n", "[a],[b]\n1,2\n", "[0.0, 0.5)\n", "version,b\n1,2\n",
      "version https,b\n", "SQLite,b\n", "xml,html\n", "%PDF,b\n", "PAR1,b\n", "FEA1;b\n",
      "ORC\n1\n",
      "Obj,b\n", "BZh9,b\n", "\"{\"\"a\"\": 1}\"\n",
    ]
    for text in tables {
      #expect(FormatRegistry.tables.format(ofBeginning: text.utf8).id == .csv, "\(text)")
    }
  }

  /// Formats of the caller come first, and are no tables.
  @Test func foreignFormats() {
    let own = TableFormat.ID("own")
    let registry = FormatRegistry.tables.adding([
      .foreign(own, "a file of ours") { $0.starts(with: "PARK".utf8) }
    ])
    #expect(registry.format(ofBeginning: "PARK,a\n".utf8).id == own)
    #expect(registry.format(ofBeginning: "PAR,a\n".utf8).id == .csv)
  }
}

/// Files that were opened, and begun to be read, before a reader gets them.
@Suite struct OpenFileTests {
  private func opened(_ path: String, after count: Int) throws -> TableInput {
    let descriptor = open(path, O_RDONLY)
    try #require(descriptor >= 0)
    var bytes = [UInt8](repeating: 0, count: count)
    try #require(read(descriptor, &bytes, count) == count)
    return .openFile(descriptor, path: path, after: bytes)
  }

  private func close(_ input: TableInput) {
    if case .openFile(let descriptor, _, _) = input { _ = Glibc.close(descriptor) }
  }

  /// All bytes are read, and again for a column that turns out to be text.
  @Test(arguments: [0, 1, 8], [1, 3])
  func isReadFromItsBeginning(count: Int, threads: Int) throws {
    let folder = try TemporaryFolder()
    let text =
      "a,b\n" + (0..<2_000).map { "\($0 % 7),\($0)\n" }.joined()
      + String(repeating: "x,1\n", count: 200)
    let path = try folder.write("x.csv", text)
    let input = try opened(path, after: count)
    defer { close(input) }
    let reader = TableReader(options: options(chunk: 500))
    let source = try reader.open([input])
    #expect(source.schema.storedSize == text.utf8.count)
    var builder = TableBuilder()
    try source.read(into: &builder, [.automatic, .automatic], threads: threads)
    let expected = try reader.read([.file(path)], plan: all(.automatic))
    #expect(TableSnapshot(builder.table) == TableSnapshot(expected))
    #expect(try #require(builder.table.levels("a")).count(of: "3") == 286)
  }

  @Test func anArrayInAnyOrder() throws {
    let folder = try TemporaryFolder()
    for isFortran in [false, true] {
      let path = folder.path + "/\(isFortran).npy"
      let rows = (0..<300).map { [Double($0), -Double($0)] }
      try Data(NumpyFile(rows, isFortran: isFortran).bytes()).write(to: URL(filePath: path))
      let input = try opened(path, after: 8)
      defer { close(input) }
      let table = try TableReader(options: options(chunk: 256)).read(
        [input], plan: all(.automatic))
      #expect(TableSnapshot(table) == NumpyArrayTests.snapshot(rows))
    }
  }

  @Test func anotherFileAtItsPathIsNoticed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.csv", "a\n1\n2\n")
    let input = try opened(path, after: 4)
    defer { close(input) }
    _ = try folder.write("y.csv", "a\n3\n4\n")
    try #require(rename(folder.path + "/y.csv", path) == 0)
    let error = try #require(throws: CSVError.self) {
      try TableReader().read([input], plan: all(.automatic))
    }
    #expect(error.code == .inputChanged)
  }
}
