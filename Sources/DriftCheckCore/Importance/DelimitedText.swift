/// The records of a small text of CSV (RFC 4180), with the places of their cells.
struct DelimitedText {
  /// A cell.
  struct Cell {
    /// Its text, without quotes, and without the blanks around it where it has none.
    let text: String
    /// Where it begins.
    let place: TextPlace
  }

  private let text: ConfigurationText
  private let delimiter: UInt8
  private var offset = 0
  private var (line, column) = (1, 1)

  private init(_ text: ConfigurationText, _ delimiter: UInt8) {
    self.text = text
    self.delimiter = delimiter
  }

  /// The records with a delimiter, but for empty lines.
  ///
  /// - Throws: `ImportanceError` for a quote that is not closed.
  static func records(of text: ConfigurationText, _ delimiter: UInt8) throws(ImportanceError)
    -> [[Cell]]
  {
    var reader = DelimitedText(text, delimiter)
    var records: [[Cell]] = []
    while reader.next != nil {
      let record = try reader.record()
      if record.count > 1 || !record[0].text.isEmpty { records.append(record) }
    }
    return records
  }

  private var next: UInt8? { text.bytes[safe: offset] }

  private var here: TextPlace { text.place(line: line, column: column) }

  private var isLineEnd: Bool { next == 0x0A || next == 0x0D }

  /// Goes on to the next byte; bytes that go on with a character are not counted.
  private mutating func step() {
    guard let byte = next else { return }
    offset += 1
    if byte == 0x0A || byte == 0x0D && next != 0x0A {
      (line, column) = (line + 1, 1)
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
  }

  private mutating func record() throws(ImportanceError) -> [Cell] {
    var cells = [try cell()]
    while next == delimiter {
      step()
      cells.append(try cell())
    }
    if next == 0x0D { step() }
    if next == 0x0A { step() }
    return cells
  }

  private mutating func cell() throws(ImportanceError) -> Cell {
    let place = here
    if next == UInt8(ascii: "\"") { return Cell(text: try quoted(), place: place) }
    let start = offset
    while next != nil, next != delimiter, !isLineEnd { step() }
    var plain = text.bytes[start..<offset]
    while let last = plain.last, last == 0x20 || last == 0x09 { plain.removeLast() }
    return Cell(
      text: String(decoding: plain.drop { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self), place: place)
  }

  private mutating func quoted() throws(ImportanceError) -> String {
    let start = here
    let quote = UInt8(ascii: "\"")
    var content: [UInt8] = []
    step()
    while let byte = next {
      step()
      guard byte == quote else {
        content.append(byte)
        continue
      }
      guard next == quote else {
        guard next == nil || next == delimiter || isLineEnd else {
          throw ImportanceError(at: here, "found text behind a closing quote, expected its end")
        }
        return String(decoding: content, as: UTF8.self)
      }
      content.append(quote)
      step()
    }
    throw ImportanceError(at: start, "found a quote that is not closed")
  }
}
