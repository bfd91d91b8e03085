import Checked
import Testing

/// Nothing is read beyond the end, and what is not there takes nothing.
@Suite struct ByteReaderTests {
  /// Every way of reading, and whether something came of it.
  private static let ways: [(name: String, read: @Sendable (inout ByteReader) -> Bool)] = [
    ("byte", { $0.byte() != nil }),
    ("word", { $0.take("ab") }),
    ("two", { $0.take(2) != nil }),
    ("all but none", { $0.take(-1) != nil }),
    ("very many", { $0.take(.max) != nil }),
    ("16 bits", { $0.littleEndian(UInt16.self) != nil }),
    ("64 bits", { $0.littleEndian(UInt64.self) != nil }),
    (
      "two parts",
      { reader in
        reader.attempt { ahead in
          guard ahead.byte() != nil, ahead.take("b") else { return nil }
          return true
        } ?? false
      }
    ),
  ]

  @Test func whatIsNotThereTakesNothing() {
    let all: [UInt8] = Array("xabcabab".utf8)
    for start in 0...all.count {
      for end in start...all.count {
        for (name, read) in Self.ways {
          var reader = ByteReader(all[start..<end])
          while true {
            let before = reader.offset
            let isThere = read(&reader)
            #expect(isThere || reader.offset == before, "\(name) in \(start)..<\(end)")
            #expect(reader.offset + reader.count == end - start)
            guard isThere, !reader.isAtEnd else { break }
          }
        }
      }
    }
  }

  @Test func placesAreThoseOfTheBytes() {
    let all: [UInt8] = [9, 1, 2, 3, 4, 5, 9]
    var reader = ByteReader(all[1..<6])
    #expect(reader.peek() == 1 && reader.peek(4) == 5)
    #expect(reader.peek(5) == nil && reader.peek(-1) == nil && reader.peek(.max) == nil)
    #expect(reader.byte() == 1)
    #expect(reader.littleEndian(UInt16.self) == 0x0302)
    #expect(reader.rest == [4, 5] && reader.rest.startIndex == 4 && reader.offset == 3)
    #expect(reader.take(while: { $0 < 5 }) == [4])
    #expect(reader.take(while: { $0 > 5 }).isEmpty)
    #expect(reader.byte() == 5 && reader.isAtEnd && reader.rest.isEmpty)
  }

  @Test func sumsAndProductsStayInRange() {
    #expect(Int.max.addingSaturated(1) == .max && Int.min.addingSaturated(-1) == .min)
    #expect((1 << 59).multipliedSaturated(by: 20) == Int.max)
    #expect((-1 << 59).multipliedSaturated(by: 20) == Int.min)
    #expect((-1 << 59).multipliedSaturated(by: -20) == Int.max)
    #expect(3.addingSaturated(4) == 7 && 3.multipliedSaturated(by: -4) == -12)
  }
}
