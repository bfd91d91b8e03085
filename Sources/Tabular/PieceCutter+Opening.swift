extension PieceCutter {
  /// Opens the next input and reads its header, which has to be that of the first.
  ///
  /// - Parameters:
  ///   - arrayNames: Called for the number of columns when the first input is an array: their
  ///     names, or nil for `x0`, `x1`, ...
  ///   - progress: Called for each chunk.
  /// - Throws: `CSVError`, or what the closures throw.
  mutating func openInput(
    arrayNames: (Int) throws -> [String]? = { _ in nil },
    _ progress: (Int) throws -> Void = { _ in }
  ) throws {
    let input = inputs[identities.count]
    let source = try ByteSource.opening(input)
    let identity = source.identity
    do {
      try checkKind(source)
      if source.isArray {
        try openArray(source, arrayNames)
      } else {
        try openText(source, input, progress)
      }
    } catch let error as CSVError {
      throw Self.change(of: input, from: identity) ?? error
    }
  }

  private mutating func checkKind(_ source: borrowing ByteSource) throws(CSVError) {
    if isArrays == nil { isArrays = source.isArray }
    guard isArrays != source.isArray else { return }
    let kinds = ["CSV text", "a NumPy array"]
    throw CSVError(
      .headerMismatch, file: source.name,
      "is \(kinds[source.isArray ? 1 : 0]), but \(Excerpt.escaped(inputs[0].name)) is "
        + "\(kinds[source.isArray ? 0 : 1]); all partitions of a table need the same format")
  }

  private mutating func openArray(
    _ opened: consuming ByteSource, _ arrayNames: (Int) throws -> [String]?
  ) throws {
    var source = opened
    let array = try NumpyArray(&source, options: options)
    if let header {
      try header.checkMatch(columnCount: array.columnCount, file: source.name)
    } else {
      let names =
        try arrayNames(array.columnCount) ?? (0..<array.columnCount).map { "x\($0)" }
      setHeader(CSVHeader(names: names, file: source.name))
    }
    identities.append(source.identity)
    firstLine = 1
    self.array = ArrayCut(array)
    self.source = source
    isOpen = true
  }

  private mutating func openText(
    _ source: consuming ByteSource, _ input: CSVInput, _ progress: (Int) throws -> Void
  ) throws {
    var scanner = CSVScanner(source, options: options)
    do {
      try readHeader(&scanner, input, progress)
    } catch let error as CSVError {
      let reach = scanner.source.byteOffset + ByteSource.damageReach
      throw scanner.source.damage(upTo: reach) ?? error
    }
    identities.append(scanner.source.identity)
    hasCompressed = hasCompressed || scanner.source.isCompressed
    firstLine = scanner.line
    takeOver(&scanner)
  }

  private mutating func readHeader(
    _ scanner: inout CSVScanner, _ input: CSVInput, _ progress: (Int) throws -> Void
  ) throws {
    scan: while true {
      switch try scanner.scan() {
      case .record: break scan
      case .end:
        throw CSVError(
          .empty, file: input.name, "is empty; expected a header and at least one row")
      case .starved:
        try scanner.refill()
        try progress(bytesReadBefore + scanner.bytesRead)
      }
    }
    if let header {
      try header.checkMatch(scanner.record, file: input.name)
    } else {
      setHeader(try CSVHeader(scanner.record, file: input.name, options: options))
    }
  }

  private mutating func setHeader(_ first: CSVHeader) {
    chunkSize = options.pieceSize(columns: first.names.count)
    header = first
  }

  /// What there is to say of a file that is no longer what it was when it was opened.
  func change(inInput input: Int) -> CSVError? {
    guard identities.indices.contains(input) else { return nil }
    return Self.change(of: inputs[input], from: identities[input])
  }

  private static func change(of input: CSVInput, from identity: FileIdentity?) -> CSVError? {
    guard case .file(let path) = input, let identity, FileIdentity(at: path) != identity else {
      return nil
    }
    return CSVError.changed(path)
  }

  /// The damage that makes nonsense of a text from about a place on, if that is what it is.
  mutating func damage(inInput input: Int, behind offset: Int) -> CSVError? {
    let reach = offset + ByteSource.damageReach
    if let damaged {
      return damaged.input == input && damaged.offset <= reach ? damaged.error : nil
    }
    return isOpen && input == identities.count - 1 ? source.damage(upTo: reach) : nil
  }
}
