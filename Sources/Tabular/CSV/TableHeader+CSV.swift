extension TableHeader {
  /// Reads a header record.
  ///
  /// - Throws: `CSVError` when no column has a name, one is not UTF-8 or used twice, or when there are
  ///   too many columns.
  init(_ record: CSVRecord, file: String, options: CSVOptions) throws(CSVError) {
    guard record.count <= options.maximumColumns else {
      throw CSVError(
        .tooManyColumns, file: file, line: record.line,
        "the header has \(record.count) columns, at most \(options.maximumColumns) are read; "
          + "is the line break another one?")
    }
    let bytes = Self.trimmedCells(record)
    var names: [String] = []
    names.reserveCapacity(bytes.count)
    for (index, name) in bytes.enumerated() {
      guard let name = String(validating: name.bytes, as: UTF8.self) else {
        throw CSVError(
          .headerEncoding, file: file, line: record.line,
          column: .init(number: index + 1, name: nil),
          "the name \(Excerpt.quoted(name.bytes)) is not valid UTF-8; give its encoding by --encoding, as "
            + "in --encoding windows-1252, or save the file as UTF-8")
      }
      names.append(name)
    }
    self.init(names: names, file: file)
    try checkNames(line: record.line)
  }

  /// Checks that another partition has the same columns in the same order.
  func checkMatch(_ record: CSVRecord, file other: String) throws(CSVError) {
    let advice = "all partitions of a table need the same header"
    guard record.count == names.count else {
      throw CSVError(
        .headerMismatch, file: other, line: record.line,
        "the header has \(Excerpt.count(record.count, "column")), but \(names.count) in "
          + "\(Excerpt.escaped(file)); \(advice)")
    }
    for (index, name) in Self.trimmedCells(record).enumerated()
    where name != ByteString(written(index)) {
      throw CSVError(
        .headerMismatch, file: other, line: record.line,
        column: .init(number: index + 1, name: nil),
        "the name is \(Excerpt.quoted(name.bytes)), but \(Excerpt.quoted(written(index))) in "
          + "\(Excerpt.escaped(file)); \(advice)")
    }
  }

  private static func trimmedCells(_ record: CSVRecord) -> [ByteString] {
    (0..<record.count).map { index in
      var cell = record.text(at: index).bytes[...]
      while let byte = cell.last, byte == 0x20 || byte == 0x09 { cell.removeLast() }
      while let byte = cell.first, byte == 0x20 || byte == 0x09 { cell.removeFirst() }
      return ByteString(Array(cell))
    }
  }

  private func checkNames(line: Int) throws(CSVError) {
    if unnamed.count == names.count {
      throw CSVError(
        .emptyName, file: file, line: line,
        "\(names.count == 1 ? "the column has no" : "none of \(names.count) columns has a") name; "
          + "name every column")
    }
    var firstIndex: [ByteString: Int] = [:]
    for (index, name) in names.map({ ByteString($0) }).enumerated() {
      if let earlier = firstIndex.updateValue(index, forKey: name) {
        throw CSVError(
          .duplicateName, file: file, line: line,
          "columns \(earlier + 1) and \(index + 1) are both named \(Excerpt.quoted(names[index])); "
            + (unnamed.isDisjoint(with: [earlier, index]) ? "rename one" : "name every column")
            + (names.allSatisfy { NumberParser.parse(Array($0.utf8)) != nil }
              ? "; all names are numbers: is the header missing?" : ""))
      }
    }
  }
}
