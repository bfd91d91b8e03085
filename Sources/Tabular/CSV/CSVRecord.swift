/// One record of a CSV: its cells as places in the scanner's buffer.
///
/// Valid until the scanner goes on.
package struct CSVRecord {
  /// Where a cell lies: bytes from the start of the record.
  struct Cell {
    var start: UInt32
    var count: UInt32
  }

  /// The number of cells found. At most `CSVScanner.cellLimit` of them can be looked at.
  package let count: Int

  /// The physical line the record begins on, from 1.
  package let line: Int

  /// Bytes of the input before the record.
  package let byteOffset: Int

  let bytes: UnsafePointer<UInt8>
  let cells: UnsafePointer<Cell>

  /// The bytes of a cell, without padding, outer quotes and doubled quotes.
  @inline(__always)
  subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    let cell = cells[index]
    return UnsafeBufferPointer(start: bytes + Int(cell.start), count: Int(cell.count))
  }

  /// A copy of a cell's bytes.
  package func text(at index: Int) -> ByteString {
    ByteString(Array(self[index]))
  }

  /// The physical line a cell begins on; line breaks in quotes before it are counted.
  /// - Complexity: linear in the bytes before the cell.
  package func line(ofCell index: Int) -> Int {
    var result = line
    for other in 0..<index {
      var previous: UInt8 = 0
      for byte in self[other] {
        if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && previous != 0x0D) {
          result += 1
        }
        previous = byte
      }
    }
    return result
  }
}
