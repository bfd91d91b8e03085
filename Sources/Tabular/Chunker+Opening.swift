extension Chunker {
  /// Opens the next input and reads its header, which has to be that of the first.
  ///
  /// - Parameter progress: Called for each chunk.
  /// - Throws: `CSVError`, or what `progress` throws.
  mutating func openInput(_ progress: (Int) throws -> Void = { _ in }) throws {
    let input = inputs[identities.count]
    var opened = try formats.open(input)
    let identity = opened.source.identity
    do {
      try checkFormat(opened.format, of: input)
      let before = bytesReadBefore
      let table = try opened.open(&opened.source, header, options) { try progress(before + $0) }
      if header == nil {
        header = table.header
        chunkSize = options.chunkBytes(columns: table.header.names.count)
      }
      firstLine = table.firstLine
      self.table = table
    } catch let error as CSVError {
      throw Self.change(of: input, from: identity) ?? error
    }
    identities.append(identity)
    source = opened.source.moved()
    hasCompressed = hasCompressed || source.isCompressed
  }

  private mutating func checkFormat(
    _ format: TableFormat, of input: TableInput
  ) throws(CSVError) {
    let first = self.format ?? format
    self.format = first
    guard first.id != format.id else { return }
    throw CSVError(
      .headerMismatch, file: input.name,
      "is \(format.name), but \(Excerpt.escaped(inputs[0].name)) is \(first.name); all partitions "
        + "of a table need the same format")
  }

  /// What there is to say of a file that is no longer what it was when it was opened.
  func change(inInput input: Int) -> CSVError? {
    guard identities.indices.contains(input) else { return nil }
    return Self.change(of: inputs[input], from: identities[input])
  }

  private static func change(of input: TableInput, from identity: FileIdentity?) -> CSVError? {
    guard let path = input.path, let identity, FileIdentity(at: path) != identity else {
      return nil
    }
    return CSVError.changed(path)
  }

  /// The damage that makes nonsense of a text from about a place on, if that is what it is.
  mutating func damage(inInput input: Int, behind offset: Int) -> CSVError? {
    guard table != nil, input == identities.count - 1 else { return nil }
    return source.damage(upTo: offset + ByteSource.damageReach)
  }
}
