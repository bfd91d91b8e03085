/// An input that is open, and whose format is known.
struct OpenedInput: ~Copyable {
  /// The bytes, from the beginning of the content.
  var source: ByteSource
  /// What they are.
  let format: TableFormat
  /// What opens the table in them.
  let open: TableFormat.Opener
}

extension FormatRegistry {
  /// Opens an input and recognises its format.
  ///
  /// - Throws: `CSVError` when it cannot be opened, or is no table.
  func open(_ input: TableInput) throws(CSVError) -> OpenedInput {
    var source = try ByteSource.opening(input, beginning: Self.beginningLength)
    var format = format(ofBeginning: source.beginning)
    if case .compressed(let compression) = format.reading {
      try source.decompress(compression, beginning: Self.beginningLength)
      format = self.format(ofBeginning: source.beginning)
    }
    if let encoding = try encoding(of: source, format) {
      try source.decode(encoding, beginning: Self.beginningLength)
      format = self.format(ofBeginning: source.beginning)
    }
    let open = try Self.opener(of: format, in: source)
    return OpenedInput(source: source, format: format, open: open)
  }

  /// What a text is to be decoded from: what its byte order mark says, else what is given.
  private func encoding(
    of source: borrowing ByteSource, _ format: TableFormat
  ) throws(CSVError) -> TextEncoding? {
    if case .encoded(let name) = format.reading {
      guard let encoding = TextEncoding(name) else {
        throw CSVError(
          .notText, file: source.name,
          "is \(name) text, which the C library here cannot decode; save it as UTF-8")
      }
      return encoding
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard let encoding, !encoding.isUTF8, format.id == .csv, !source.beginning.starts(with: mark)
    else { return nil }
    return encoding
  }

  /// What opens a table of a format; only text is read where it is compressed.
  private static func opener(
    of format: TableFormat, in source: borrowing ByteSource
  ) throws(CSVError) -> TableFormat.Opener {
    var advice = "decompress it first"
    switch format.reading {
    case .table(let open):
      if !source.isDerived || format.id == .csv { return open }
    case .compressed: break
    case .encoded: advice = "save it as UTF-8"
    case .refused(let other): advice = other
    }
    let name = format.suffix.map { "\(format.name) (\($0))" } ?? format.name
    throw CSVError(
      .notText, file: source.name, byteOffset: 0,
      "\(source.isCompressed ? "decompressed, " : source.isDerived ? "decoded, " : "")looks like \(name), not CSV text; \(advice)"
    )
  }
}

extension CSVScanner {
  /// Opens an input and recognises its format; no record is read yet. Throws `CSVError`.
  package static func opening(
    _ input: TableInput, options: CSVOptions
  ) throws(CSVError) -> CSVScanner {
    var opened = try FormatRegistry.tables.open(input)
    guard opened.format.id == .csv else {
      throw CSVError(
        .notText, file: input.name, byteOffset: 0, "is \(opened.format.name), not CSV text")
    }
    opened.source.dropByteOrderMark()
    return CSVScanner(opened.source.moved(), options: options)
  }
}
