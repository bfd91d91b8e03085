/// Finds the delimiter of a text by the number of cells that its first records have.
struct DelimiterSearch {
  /// What came of a search.
  enum Result: Hashable {
    case found(UInt8)
    /// The header has one cell, but this delimiter is in it and in rows.
    case another(UInt8)
    /// The header has fewer cells than what follows: the records before this one may be titles.
    case title(UInt8, records: Int)
  }

  private let shapes: [(delimiter: UInt8, records: [RecordShape])]
  private let used: [UInt8]

  /// - Parameters:
  ///   - text: The first bytes, from the beginning of a line on.
  ///   - isAll: Nothing follows them.
  ///   - dialect: Of the text, but for the delimiter.
  ///   - given: The delimiter, where one is given.
  ///   - used: Bytes that numbers are written with: none is taken for another delimiter.
  init(
    _ text: [UInt8], isAll: Bool, _ dialect: TextDialect, given: UInt8?, besides used: [UInt8]
  ) {
    self.used = used
    let others = TextDialect.candidates.filter { $0 != given }
    shapes = ([given].compactMap { $0 } + others).map { delimiter in
      var dialect = dialect
      dialect.delimiter = delimiter
      return (delimiter, RecordShape.records(in: text, isAll: isAll, dialect))
    }
  }

  /// The records with a delimiter.
  func records(_ delimiter: UInt8) -> [RecordShape] {
    shapes.first { $0.delimiter == delimiter }?.records ?? []
  }

  private func header(_ records: [RecordShape]) -> Int { records.first?.cells ?? 1 }

  /// How many rows have as many cells as the header.
  private func fitting(_ records: [RecordShape]) -> Int {
    records.dropFirst().count { $0.cells == header(records) }
  }

  /// All records have the same number of cells.
  private func isEven(_ records: [RecordShape]) -> Bool {
    fitting(records) == max(records.count - 1, 0)
  }

  /// Of several delimiters, in order of preference, the one.
  func delimiter() -> Result {
    let wide = shapes.filter { header($0.records) > 1 }
    let even = wide.filter { isEven($0.records) }
    if let best = best(even, { _ in 0 }) {
      return title(shapes.first { $0.delimiter == best }?.records ?? [], best) ?? .found(best)
    }
    let best = best(wide) { fitting($0) }
    let single = shapes.first { !used.contains($0.delimiter) } ?? shapes[0]
    let isOne = header(single.records) == 1 && isEven(single.records)
    if isOne, let best, fitting(records(best)) > 0 {
      // With few rows that do not fit, these are what is to be told.
      return 2 * fitting(records(best)) >= records(best).count ? .found(best) : .another(best)
    }
    if let best, !isOne { return title(records(best), best) ?? .found(best) }
    return titleOfOneCell() ?? .found(single.delimiter)
  }

  /// What there is to say against the first delimiter, which was given.
  func check() -> Result {
    let (given, records) = shapes[0]
    let isOne = header(records) == 1
    if isOne {
      let others = shapes.dropFirst().filter {
        !used.contains($0.delimiter) && header($0.records) > 1 && $0.records.count > 1
          && isEven($0.records)
      }
      if let other = best(Array(others), { _ in 0 }) { return .another(other) }
    }
    return title(records, given) ?? .found(given)
  }

  /// The delimiter with the highest score, then with the most cells, then the first.
  private func best(
    _ shapes: [(delimiter: UInt8, records: [RecordShape])], _ score: ([RecordShape]) -> Int
  ) -> UInt8? {
    var best: (delimiter: UInt8, score: Int, cells: Int)?
    for (delimiter, records) in shapes {
      let (score, cells) = (score(records), header(records))
      if let best, (best.score, best.cells) >= (score, cells) { continue }
      best = (delimiter, score, cells)
    }
    return best?.delimiter
  }

  private func titleOfOneCell() -> Result? {
    for (delimiter, records) in shapes where header(records) == 1 && !used.contains(delimiter) {
      if let title = title(records, delimiter) { return title }
    }
    return nil
  }

  /// Whether the first records are titles: from some record on all have the same number of cells, which
  /// is more than the header has; or the header is all empty but for its first cell.
  private func title(_ records: [RecordShape], _ delimiter: UInt8) -> Result? {
    guard records.count > 2, let last = records.last else { return nil }
    let header = records[0]
    if header.cells > 2, header.empty == header.cells - 1, isEven(records),
      records[1].empty == 0, records[2].empty == 0
    {
      return .title(delimiter, records: 1)
    }
    let table = records.reversed().prefix { $0.cells == last.cells }.count
    let titles = records.count - table
    guard header.cells < last.cells, titles > 0, table > titles else { return nil }
    guard records[..<titles].allSatisfy({ $0.cells < last.cells }) else { return nil }
    return .title(delimiter, records: titles)
  }
}
