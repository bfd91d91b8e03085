import DriftTestSupport
import Foundation
import Tabular
import Testing

/// Headers of `.npy` files that somebody made up are refused, whatever is in them.
@Suite struct ForgedArrayTests {
  /// The file of these bytes as its header's text, of the length that it has.
  private static func file(_ text: [UInt8]) -> [UInt8] {
    [0x93] + Array("NUMPY".utf8) + [1, 0]
      + [UInt8(truncatingIfNeeded: text.count), UInt8(truncatingIfNeeded: text.count >> 8)] + text
  }

  private func failure(_ bytes: [UInt8]) throws -> CSVError {
    try #require(throws: CSVError.self) { try read([bytes]) }
  }

  /// A string that is no UTF-8 was passed over, and the list that it stands in was read beyond its end.
  @Test func stringThatIsNoText() throws {
    let file = Project.root.appending(path: "fixtures/attacks/string-no-utf8.npy")
    let error = try failure(Array(Data(contentsOf: file)))
    #expect(error.code == .damaged)
    #expect(error.description.contains("header is not as numpy.save writes it"))
  }

  /// Every header cut off at every place, and with every byte of it another one.
  @Test func cutsAndOtherBytes() throws {
    let headers = [
      "{'descr': [('a', '<f8'), ('b', '<i4', (2,))], 'fortran_order': False, 'shape': (3,), }",
      "{'descr': '<f8', 'fortran_order': True, 'shape': (3L, 2), }",
    ]
    for header in headers {
      let text = Array(header.utf8)
      for end in 0..<text.count {
        #expect(try failure(Self.file(Array(text[..<end]))).code == .damaged, "\(end)")
        for byte: UInt8 in [0xFF, 0x27, 0x22, 0x5C, 0x5B, 0x5D, 0x28, 0x29, 0x39, 0x00] {
          var forged = text
          forged[end] = byte
          // Without numbers behind it nothing is an array of three rows.
          _ = try failure(Self.file(forged))
          forged.insert(byte, at: end)
          _ = try failure(Self.file(Array(forged[...end])))
        }
      }
    }
  }

  /// As many dimensions as a header has room for are told of in a short line.
  @Test func manyDimensions() throws {
    let sizes = String(repeating: "1,", count: 20_000)
    let error = try failure(
      Self.file(Array("{'descr':'<f8','fortran_order':False,'shape':(\(sizes))}".utf8)))
    #expect(error.code == .unsupported)
    #expect(
      error.description
        == "test.csv: the array has the shape (1, 1, 1, 1, 1, 1, 1, 1, ... of 20000); expected one "
        + "dimension, or two for rows and columns: reshape it")
  }

  /// Sizes whose product no number holds.
  @Test func sizesBeyondNumbers() throws {
    for shape in ["(\(Int.max), 2)", "(\(1 << 61), 1)", "(2, \(Int.max))", "(\(Int.max),)"] {
      let error = try failure(
        Self.file(Array("{'descr':'<f8','fortran_order':False,'shape':\(shape)}".utf8)))
      #expect([.damaged, .tooManyColumns].contains(error.code), "\(error)")
    }
    let error = try failure(
      Self.file(
        Array(
          "{'descr':'<f8','fortran_order':False,'shape':(\(String(repeating: "9", count: 40)),)}"
            .utf8)))
    #expect(error.code == .damaged)
  }
}
