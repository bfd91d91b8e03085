internal import DriftReport

/// Weights in CSV (RFC 4180), with a header or without: a feature and its weight in a record.
struct ImportanceRecords {
  /// What may be between cells.
  private static let delimiters = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }

  private let text: ConfigurationText

  init(_ text: ConfigurationText) { self.text = text }

  /// The weights.
  ///
  /// - Throws: `ImportanceError`.
  func entries() throws(ImportanceError) -> [ImportanceFile.Entry] {
    var records = try bestRecords()
    if let first = records.first, isHeader(first) { records.removeFirst() }
    var entries: [ImportanceFile.Entry] = []
    for record in records {
      let (feature, weight) = (record[0].text, record[1].text)
      guard !feature.isEmpty else {
        throw ImportanceError(at: record[0].place, "found no name, expected that of a feature")
      }
      guard let number = ImportanceFile.number(weight) else {
        throw ImportanceError(
          at: record[1].place,
          "the weight of '\(PlainText.cut(feature, to: 60))': found "
            + "'\(PlainText.cut(weight, to: 60))', expected \(ImportanceFile.weight)")
      }
      entries.append(.init(feature: feature, place: record[0].place, weight: number))
    }
    return entries
  }

  /// A first record that names no feature, or whose weight is a word; pandas calls a column without a name
  /// 0.
  private func isHeader(_ record: [DelimitedText.Cell]) -> Bool {
    let (name, weight) = (record[0].text, record[1].text)
    return name.isEmpty || !weight.isEmpty && Double(weight) == nil
  }

  /// The records by the delimiter that gives most of them two cells.
  private func bestRecords() throws(ImportanceError) -> [[DelimitedText.Cell]] {
    var best: (records: [[DelimitedText.Cell]], fitting: Int)?
    var mistake: ImportanceError?
    for delimiter in Self.delimiters where text.bytes.contains(delimiter) {
      let records: [[DelimitedText.Cell]]
      do {
        records = try DelimitedText.records(of: text, delimiter)
      } catch {
        // With another one the quotes may be right.
        mistake = mistake ?? error
        continue
      }
      let fitting = records.count { $0.count == 2 }
      if best.map({ $0.fitting < fitting }) ?? true { best = (records, fitting) }
    }
    guard let best else {
      if let mistake { throw mistake }
      guard !text.bytes.allSatisfy({ [0x20, 0x0A, 0x0D].contains($0) }) else { return [] }
      throw ImportanceError(
        at: text.place(line: 1, column: 1),
        "found neither JSON nor a comma, semicolon, tab or '|', expected a feature and its weight, such "
          + "as 'tempo,0.3'")
    }
    if let odd = best.records.first(where: { $0.count != 2 }) {
      let cells = odd.count == 1 ? "1 cell" : "\(odd.count) cells"
      throw ImportanceError(
        at: odd[0].place,
        "found \(cells), expected 2, a feature and its weight"
          + (odd.count == 3 && odd[0].text.isEmpty ? "; of pandas write with 'index=False'" : ""))
    }
    return best.records
  }
}
