internal import DriftDetection
internal import Tabular

extension ColumnDetails {
  /// What was noticed in a column while it was read.
  init(_ column: TableCounts.Column) {
    let sample = column.sample
    guard column.isText else {
      self.init(
        invalid: column.texts.mostFrequent(Self.mostTexts).map {
          CellText(text: $0.text.description, count: $0.count, file: $0.file, line: $0.line)
        },
        first: column.examples.first.map { CellText($0) },
        leadingZero: column.isTime ? nil : sample?.firstLeadingZero.map { CellText($0) })
      return
    }
    let kinds = column.kinds ?? CellKinds()
    let first = kinds.times > kinds.numbers ? sample?.firstNoTime : sample?.firstNoNumber
    self.init(
      invalid: [], first: (first ?? column.examples.first).map { CellText($0) },
      numbers: kinds.numbers, times: kinds.times)
  }
}

extension CellText {
  fileprivate init(_ cell: NumberColumn.Unparseable) {
    let text = ByteString(Array(cell.text.bytes.prefix(CellTexts.maximumBytes)))
    self.init(text: text.description, file: cell.file, line: cell.line)
  }
}
