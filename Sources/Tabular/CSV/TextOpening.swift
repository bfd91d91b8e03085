/// Finds out how the text of an input is written, and goes to its header.
struct TextOpening {
  /// How much of a text is looked at.
  static let reach = 64 << 10

  let options: CSVOptions
  private var dialect: TextDialect
  /// What a first line `sep=;` says.
  private var declared: UInt8?

  private init(_ options: CSVOptions) {
    self.options = options
    dialect = TextDialect(delimiter: options.delimiter, comment: options.comment)
  }

  /// The dialect of a text that stands at its beginning; stands at the header, or comments before it,
  /// afterwards.
  ///
  /// - Throws: `CSVError` when it can only be read wrongly.
  static func dialect(
    _ source: inout ByteSource, _ options: CSVOptions
  ) throws(CSVError) -> TextDialect {
    var opening = TextOpening(options)
    source.dropByteOrderMark()
    opening.declared = declaration(source.look(reach).bytes)
    try opening.skipLines(&source)
    opening.dialect.begin = source.byteOffset
    let (text, isAll) = source.look(reach)
    opening.dialect.delimiter = try opening.delimiter(text, isAll: isAll, source.name)
    if let comment = options.comment {
      source.leaveOut(CommentFilter(comment, delimiter: opening.dialect.delimiter))
    }
    return opening.dialect
  }

  /// The byte that a first line such as `sep=;` names, as spreadsheets write it.
  private static func declaration(_ text: [UInt8]) -> UInt8? {
    var line = text.prefix { $0 != 0x0A && $0 != 0x0D }
    if line.count > 1, line.first == 0x22, line.last == 0x22 { line = line.dropFirst().dropLast() }
    let word = line.prefix(4).map { $0 | 0x20 }
    guard line.count == 5, word.elementsEqual("sep=".utf8.map { $0 | 0x20 }),
      let byte = line.last, byte != 0x22, byte != 0
    else { return nil }
    return byte
  }

  /// Goes behind the lines that are to be left out, and a first line that names the delimiter.
  private mutating func skipLines(_ source: inout ByteSource) throws(CSVError) {
    var lines = max(options.skippedLines, declared == nil ? 0 : 1)
    while lines > 0 {
      let (text, isAll) = source.look(Self.reach)
      guard !text.isEmpty else { return }
      var end = 0
      while end < text.count, lines > 0 {
        let byte = text[end]
        // The second half of a line break may not be there yet.
        if byte == 0x0D, end + 1 == text.count, !isAll, end > 0 { break }
        end += 1
        guard byte == 0x0A || byte == 0x0D else { continue }
        if byte == 0x0D, end < text.count, text[end] == 0x0A { end += 1 }
        lines -= 1
        dialect.firstLine += 1
      }
      source.dropFirst(end)
    }
  }

  private func delimiter(
    _ text: [UInt8], isAll: Bool, _ file: String
  ) throws(CSVError) -> UInt8 {
    let given = options.findsDelimiter ? declared : options.delimiter
    let search = DelimiterSearch(
      text, isAll: isAll, dialect, given: given,
      besides: options.numbers.isPlain ? [] : options.numbers.asciiBytes)
    switch given == nil ? search.delimiter() : search.check() {
    case .found(let delimiter):
      return delimiter
    case .another(let other):
      throw another(other, given, search, file)
    case .title(let delimiter, let titles):
      guard !search.records(delimiter)[titles].isMalformed else { return delimiter }
      throw title(delimiter, titles, search, text, file)
    }
  }

  private func another(
    _ other: UInt8, _ given: UInt8?, _ search: DelimiterSearch, _ file: String
  ) -> CSVError {
    let records = search.records(other)
    let name = TextDialect.name(other)
    let cells = Excerpt.count(records[0].cells, "cell")
    guard let given else {
      let odd = records.first { $0.cells != records[0].cells } ?? records[0]
      return CSVError(
        .delimiter, file: file, line: odd.line,
        "row has \(Excerpt.count(odd.cells, "cell")) between \(name)s, but the header \(cells); give "
          + "--delimiter \(name) and mend the row, or --delimiter comma where the table has one "
          + "column")
    }
    return CSVError(
      .delimiter, file: file, line: records[0].line,
      "the delimiter \(TextDialect.name(given)) gives one column, but \(name) gives header and rows "
        + "\(cells) each; give --delimiter \(name), or leave --delimiter out")
  }

  private func title(
    _ delimiter: UInt8, _ titles: Int, _ search: DelimiterSearch, _ text: [UInt8], _ file: String
  ) -> CSVError {
    let records = search.records(delimiter)
    let (first, next) = (records[0], records[titles])
    let shown = Excerpt.quoted(text[first.bytes])
    let comment = Self.commentByte(text[first.bytes]).map { " or --comment '\($0)'" } ?? ""
    let skip = "--skip-rows \(next.line - 1)\(comment)"
    guard next.cells != first.cells else {
      return CSVError(
        .emptyName, file: file, line: first.line,
        "the header \(shown) has one name for \(next.cells) columns; if it is a title, give \(skip), "
          + "else name every column")
    }
    return CSVError(
      .raggedRow, file: file, line: next.line, byteOffset: dialect.begin + next.bytes.lowerBound,
      "row has \(Excerpt.count(next.cells, "cell")), \(first.cells) expected (as in the header "
        + "\(shown)); if that is a title or a comment, give \(skip), else remove or quote the extra "
        + "delimiter")
  }

  /// The byte that looks like the beginning of a comment.
  static func commentByte(_ line: some Collection<UInt8>) -> Character? {
    line.first.flatMap { byte in
      "#%!;*/".utf8.contains(byte) ? Character(Unicode.Scalar(byte)) : nil
    }
  }
}
