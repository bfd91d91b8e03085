internal import DriftColumns

extension ColumnDetails {
  func encode(into writer: inout BinaryWriter) {
    writer.write(invalid.count)
    for text in invalid { text.encode(into: &writer) }
    for cell in [first, leadingZero] {
      writer.write(cell != nil)
      cell?.encode(into: &writer)
    }
    writer.write(numbers)
    writer.write(times)
  }

  init(from reader: inout BinaryReader) throws(DriftError) {
    var invalid: [CellText] = []
    for _ in 0..<(try reader.count(bytesEach: 24)) { invalid.append(try CellText(from: &reader)) }
    guard invalid.count <= Self.mostTexts else {
      throw .damagedProfile("a column has too many texts of invalid cells")
    }
    let first = try reader.bool() ? try CellText(from: &reader) : nil
    let leadingZero = try reader.bool() ? try CellText(from: &reader) : nil
    self.init(
      invalid: invalid, first: first, leadingZero: leadingZero, numbers: try reader.rows(),
      times: try reader.rows())
  }
}

extension CellText {
  fileprivate func encode(into writer: inout BinaryWriter) {
    writer.write(text)
    writer.write(count)
    writer.write(file != nil)
    if let file { writer.write(file) }
    writer.write(line ?? 0)
  }

  fileprivate init(from reader: inout BinaryReader) throws(DriftError) {
    let text = try reader.string()
    let count = try reader.rows()
    let file = try reader.bool() ? try reader.string() : nil
    let line = try reader.rows()
    self.init(text: text, count: count, file: file, line: line > 0 ? line : nil)
  }
}
