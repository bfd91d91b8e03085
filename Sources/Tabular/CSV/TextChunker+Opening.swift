extension TextChunker {
  /// Reads the header of a text, which has to be that of the first partition.
  static func open(
    _ source: inout ByteSource, _ first: TableHeader?, _ options: CSVOptions,
    _ progress: (Int) throws -> Void
  ) throws -> any TableChunker {
    let dialect: TextDialect
    do throws(CSVError) {
      dialect = try TextOpening.dialect(&source, options)
    } catch {
      throw source.damage(upTo: source.byteOffset + ByteSource.damageReach) ?? error
    }
    let options = options.with(dialect)
    var scanner = CSVScanner(source.moved(), line: dialect.firstLine, options: options)
    do {
      let header = try readHeader(&scanner, first, options, progress)
      let chunker = TextChunker(header, dialect, behind: scanner, options: options)
      source = scanner.takeSource()
      return chunker
    } catch let error as CSVError {
      let reach = scanner.source.byteOffset + ByteSource.damageReach
      throw scanner.source.damage(upTo: reach) ?? error
    }
  }

  private static func readHeader(
    _ scanner: inout CSVScanner, _ first: TableHeader?, _ options: CSVOptions,
    _ progress: (Int) throws -> Void
  ) throws -> TableHeader {
    let name = scanner.source.name
    scan: while true {
      switch try scanner.scan() {
      case .record: break scan
      case .end:
        throw CSVError(.empty, file: name, "is empty; expected a header and at least one row")
      case .starved:
        try scanner.refill()
        try progress(scanner.bytesRead)
      }
    }
    guard let first else { return try TableHeader(scanner.record, file: name, options: options) }
    try first.checkMatch(scanner.record, file: name)
    return first
  }
}

extension ByteSource {
  /// Goes on behind a UTF-8 byte order mark, if the content begins with one.
  mutating func dropByteOrderMark() {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if beginning.starts(with: mark) { dropFirst(mark.count) }
  }

  /// The source, of which only the name stays here.
  mutating func moved() -> ByteSource {
    var source = ByteSource(name: name, memory: [])
    swap(&source, &self)
    return source
  }
}
