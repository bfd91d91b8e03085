import Foundation
import Tabular
import Testing

@Suite struct NumpyArrayTests {
  static let good = NumpyCase.all.filter { $0.rows != nil }
  static let refused = NumpyCase.all.filter { $0.rows == nil }

  /// What a table of these numbers is.
  static func snapshot(_ rows: [[Double]]) -> TableSnapshot {
    TableSnapshot(
      rowCount: rows.count,
      columns: (rows.first ?? []).indices.map { column in
        let bits = rows.map { ($0[column].isNaN ? .nan : $0[column]).bitPattern }
        return .numbers(
          bits, missing: rows.count { $0[column].isNaN }, unparseable: 0, [])
      })
  }

  private func failure(_ bytes: [UInt8]) throws -> CSVError {
    try #require(throws: CSVError.self) { try read([bytes]) }
  }

  @Test func thereAreCases() {
    #expect(Self.good.count == 72 && Self.refused.count == 13)
  }

  /// Of every kind, in both orders of bytes and of numbers, and in files.
  @Test(arguments: good, [1, 20, 1 << 20])
  func asNumPyReadsIt(_ c: NumpyCase, chunk: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/x.npy"
    try Data(c.bytes).write(to: URL(filePath: path))
    for input in [TableInput.bytes(c.bytes, name: "x"), .file(path)] {
      for threads in [1, 3] {
        let table = try TableReader(options: options(chunk: chunk)).read(
          [input], plan: all(.automatic), threads: threads)
        #expect(TableSnapshot(table) == Self.snapshot(c.numbers))
        #expect(table.columns.map(\.name) == table.columns.indices.map { "x\($0)" })
      }
    }
  }

  static let advice =
    "expected b1, i1 to i8, u1 to u8, f4 or f8: convert it, for example with astype(\"float64\")"

  static let messages: [String: (code: CSVError.Code, text: String)] = [
    "f2": (
      .unsupported, "the array holds floating-point numbers of another size (\"<f2\"); \(advice)"
    ),
    "long double": (
      .unsupported, "the array holds floating-point numbers of another size (\"<f16\"); \(advice)"
    ),
    "complex": (.unsupported, "the array holds complex numbers (\"<c16\"); \(advice)"),
    "objects": (.unsupported, "the array holds Python objects (\"|O\"); \(advice)"),
    "bytes": (.unsupported, "the array holds text (\"|S3\"); \(advice)"),
    "text": (.unsupported, "the array holds text (\"<U3\"); \(advice)"),
    "times": (.unsupported, "the array holds times (\"<M8[s]\"); \(advice)"),
    "records": (.unsupported, "the array holds records of several fields; \(advice)"),
    "raw": (.unsupported, "the array holds records or raw bytes (\"|V5\"); \(advice)"),
    "no dimension": (
      .unsupported,
      "the array has the shape (); expected one dimension, or two for rows and columns: reshape it"
    ),
    "three dimensions": (
      .unsupported,
      "the array has the shape (2, 3, 4); "
        + "expected one dimension, or two for rows and columns: reshape it"
    ),
    "no rows": (.noRows, "the array has no rows (shape (0, 3)); expected at least one"),
    "no columns": (.empty, "the array has no columns (shape (3, 0)); expected at least one"),
  ]

  @Test(arguments: refused)
  func whatIsRefused(_ c: NumpyCase) throws {
    let expected = try #require(Self.messages[c.name])
    let error = try failure(c.bytes)
    #expect(error.code == expected.code)
    #expect(error.description == "test.csv: \(expected.text)")
  }

  // MARK: Headers

  static let file = NumpyFile([[1, 2], [3, 4], [5, .nan]])

  @Test(arguments: [
    "{'shape': (3, 2), 'fortran_order': False, 'descr': '<f8'}",
    "{'descr':'<f8','fortran_order':False,'shape':(3,2)}",
    "{\"descr\": \"<f8\", \"fortran_order\": False, \"shape\": (3L, 2L,)}",
    "  { 'descr' : '=f8' , 'fortran_order' : False , 'shape' : ( 3 , 2 ) , }  \n",
  ])
  func otherSpellings(_ dictionary: String) throws {
    let bytes = Self.file.bytes(dictionary: dictionary)
    #expect(TableSnapshot(try read([bytes])) == Self.snapshot([[1, 2], [3, 4], [5, .nan]]))
  }

  @Test(arguments: [
    "", "{", "{}", "[]", "{'descr': '<f8', 'fortran_order': False}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), 'more': 1}",
    "{'descr': '<f8', 'fortran_order': 0, 'shape': (3, 2), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (3, -2), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (3 2), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': 3, }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 2), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), } x",
    "{'descr': '<f8' 'fortran_order': False, 'shape': (3, 2), }",
    "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }",
    "{'descr': '\\x3cf8', 'fortran_order': False, 'shape': (3, 2), }",
    "{'descr': [('a', '<f8'), 'fortran_order': False, 'shape': (3, 2), }",
    "{'descr': '<f8, 'fortran_order': False, 'shape': (3, 2), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), ", "{'descr: (", "{'shape': (",
  ])
  func noHeader(_ dictionary: String) throws {
    let error = try failure(Self.file.bytes(dictionary: dictionary))
    #expect(error.code == .damaged && error.byteOffset == 10)
    #expect(
      error.description.hasPrefix("test.csv: the array's header is not as numpy.save writes it: \"")
    )
  }

  @Test func formats() throws {
    for version: [UInt8] in [[0, 0], [1, 1], [4, 0], [255, 255]] {
      var file = Self.file
      file.version = version
      let error = try failure(file.bytes())
      #expect(error.code == .unsupported)
      #expect(
        error.description == "test.csv: the array has the format \(version[0]).\(version[1]); "
          + "expected 1.0, 2.0 or 3.0: save it with numpy.save")
    }
    var bytes = Self.file.bytes()
    bytes[6] = 2
    bytes.replaceSubrange(8..<12, with: [0, 0, 0, 0x80])
    let error = try failure(bytes)
    #expect(error.code == .damaged)
    #expect(
      error.description == "test.csv: the array has a header of 2147483648 bytes, "
        + "at most 65536 are read; copy or save the file again")
  }

  @Test func shapesBeyondMemory() throws {
    for shape in [[Int.max], [Int.max, 2], [1 << 61, 1], [1 << 40, 1_000_000]] {
      var file = Self.file
      file.shape = shape
      for isFortran in [false, true] {
        file.isFortran = isFortran
        let error = try failure(file.bytes())
        #expect(error.code == .damaged && error.detail.contains("shape"), "\(error)")
      }
    }
    var wide = Self.file
    wide.shape = [1, 1_000_001]
    #expect(try failure(wide.bytes()).code == .tooManyColumns)
  }
}
