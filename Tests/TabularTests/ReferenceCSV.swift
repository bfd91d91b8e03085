import Tabular

/// The grammar once more, in the slowest and most obvious way: the whole input in memory, one
/// character after the other.
struct ReferenceCSV {
  /// Where and why it stops.
  struct Failure: Error, Hashable {
    var code: CSVError.Code
    var line: Int
  }

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var next = 0
  private var line = 1

  private init(_ bytes: [UInt8], delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
  }

  /// All records, and the failure that ended them.
  static func scan(
    _ bytes: [UInt8], delimiter: UInt8
  ) -> (rows: [ScannedRow], failure: Failure?) {
    var parser = ReferenceCSV(bytes, delimiter: delimiter)
    var rows: [ScannedRow] = []
    do throws(Failure) {
      while let row = try parser.row() { rows.append(row) }
      return (rows, nil)
    } catch {
      return (rows, error)
    }
  }

  private var byte: UInt8? { next < bytes.count ? bytes[next] : nil }

  private var isAtPadding: Bool {
    (byte == 0x20 || byte == 0x09) && byte != delimiter
  }

  /// 2 at a CRLF, 1 at a lone CR or LF, otherwise 0.
  private var lineBreakLength: Int {
    if byte == 0x0D { return next + 1 < bytes.count && bytes[next + 1] == 0x0A ? 2 : 1 }
    return byte == 0x0A ? 1 : 0
  }

  private mutating func skipLineBreak() {
    next += lineBreakLength
    line += 1
  }

  private mutating func skipPadding() {
    while isAtPadding { next += 1 }
  }

  private mutating func row() throws(Failure) -> ScannedRow? {
    skipPadding()
    while lineBreakLength > 0 {
      skipLineBreak()
      skipPadding()
    }
    guard byte != nil else { return nil }
    var row = ScannedRow(line: line, cells: [])
    while true {
      skipPadding()
      let cell = byte == 0x22 ? try quotedCell() : try plainCell()
      row.cells.append(ByteString(cell))
      if byte == delimiter {
        next += 1
      } else {
        if byte != nil { skipLineBreak() }
        return row
      }
    }
  }

  private mutating func plainCell() throws(Failure) -> [UInt8] {
    var cell: [UInt8] = []
    while let byte, byte != delimiter, lineBreakLength == 0 {
      if byte == 0 { throw Failure(code: .notText, line: line) }
      cell.append(byte)
      next += 1
    }
    while let last = cell.last, last == 0x20 || last == 0x09 { cell.removeLast() }
    return cell
  }

  private mutating func quotedCell() throws(Failure) -> [UInt8] {
    let opened = line
    var cell: [UInt8] = []
    next += 1
    while true {
      guard let byte else { throw Failure(code: .unterminatedQuote, line: opened) }
      if byte == 0 { throw Failure(code: .notText, line: line) }
      if byte == 0x22 {
        next += 1
        if self.byte != 0x22 { break }
        cell.append(0x22)
        next += 1
      } else if lineBreakLength > 0 {
        cell += bytes[next..<next + lineBreakLength]
        skipLineBreak()
      } else {
        cell.append(byte)
        next += 1
      }
    }
    skipPadding()
    if let byte, byte != delimiter, lineBreakLength == 0 {
      throw Failure(code: byte == 0 ? .notText : .textAfterQuote, line: line)
    }
    return cell
  }
}
