internal import Checked

/// A `.npy` array of one or two dimensions that is read as a table: a row a line, a column a number.
struct NumpyArray: Sendable {
  /// The first bytes of every array.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The longest header accepted, in bytes. NumPy itself stops at 10,000 where it is not told to
  /// trust a file.
  static let maximumHeaderBytes = 64 << 10

  let element: NumpyElement
  /// A column's numbers, not a row's, lie one after the other.
  let isColumnMajor: Bool
  let rowCount: Int
  let columnCount: Int
  /// Bytes of the file before the first number.
  let dataOffset: Int
  /// What it is, for messages.
  let title: String

  /// Bytes of a row.
  var rowBytes: Int { columnCount * element.size }
  /// Bytes of all numbers.
  var byteCount: Int { rowCount * rowBytes }

  /// Reads the header from the beginning of a source.
  ///
  /// - Throws: `CSVError` for another kind of array, a header that is none, or a file that is not
  ///   of the size it should have.
  init(_ source: inout ByteSource, options: CSVOptions) throws(CSVError) {
    let (header, end) = try Self.readHeader(&source)
    let name = source.name
    func unsupported(_ detail: String) -> CSVError {
      CSVError(.unsupported, file: name, byteOffset: 0, detail)
    }
    guard let element = header.descr.flatMap(NumpyElement.init) else {
      let found =
        header.descr.map { "\(NumpyElement.meaning($0)) (\(Excerpt.quoted($0)))" }
        ?? "records of several fields"
      throw unsupported(
        "the array holds \(found); expected b1, i1 to i8, u1 to u8, f4 or f8: "
          + "convert it, for example with astype(\"float64\")")
    }
    guard (1...2).contains(header.shape.count) else {
      throw unsupported(
        "the array has the shape \(header.shapeText); expected one dimension, or two for rows and "
          + "columns: reshape it")
    }
    self.element = element
    rowCount = header.shape[0]
    columnCount = header.shape.count == 2 ? header.shape[1] : 1
    dataOffset = end
    title = "shape \(header.shapeText) of \(element.kind.rawValue)"
    // With one row or column both orders are the same.
    isColumnMajor = header.isFortran && rowCount > 1 && columnCount > 1
    try checkShape(header, name, options)
    try checkSize(source)
  }

  private func checkShape(
    _ header: NumpyHeader, _ name: String, _ options: CSVOptions
  ) throws(CSVError) {
    guard columnCount > 0 else {
      throw CSVError(
        .empty, file: name,
        "the array has no columns (shape \(header.shapeText)); expected at least one")
    }
    guard columnCount <= options.maximumColumns else {
      throw CSVError(
        .tooManyColumns, file: name,
        "the array has \(columnCount) columns, at most \(options.maximumColumns) are read; "
          + "should it be transposed?")
    }
    guard rowCount > 0 else {
      throw CSVError(
        .noRows, file: name,
        "the array has no rows (shape \(header.shapeText)); expected at least one")
    }
    let (bytes, isTooLarge) = rowCount.multipliedReportingOverflow(by: rowBytes)
    guard !isTooLarge, bytes <= Int.max - dataOffset else {
      throw CSVError(
        .damaged, file: name, byteOffset: 0,
        "the array has the shape \(header.shapeText), more than a file can hold; save it again")
    }
  }

  private func checkSize(_ source: borrowing ByteSource) throws(CSVError) {
    guard let size = source.storedSize else {
      if isColumnMajor {
        throw CSVError(
          .unsupported, file: source.name, byteOffset: 0,
          "the array is in Fortran order, which is not read from a stream; give it as a file, "
            + "or save it in C order with numpy.ascontiguousarray")
      }
      return
    }
    if size < dataOffset + byteCount { throw cutOff(source.name, after: size) }
    if size > dataOffset + byteCount { throw followed(source.name) }
  }

  /// The array ends before its numbers do.
  func cutOff(_ name: String, after size: Int) -> CSVError {
    CSVError(
      .damaged, file: name, byteOffset: size,
      "the array ends early, after \(size) bytes; expected \(dataOffset + byteCount) "
        + "(\(title)); copy or save the file again")
  }

  /// There is something behind the array.
  func followed(_ name: String) -> CSVError {
    CSVError(
      .damaged, file: name, byteOffset: dataOffset + byteCount,
      "something else follows the array at byte \(dataOffset + byteCount) (\(title)); "
        + "save one array a file")
  }

  private static func readHeader(
    _ source: inout ByteSource
  ) throws(CSVError) -> (NumpyHeader, end: Int) {
    let start = try bytes(10, &source)
    let (major, minor) = (start[6], start[7])
    guard (1...3).contains(major) && minor == 0 else {
      throw CSVError(
        .unsupported, file: source.name, byteOffset: 6,
        "the array has the format \(major).\(minor); expected 1.0, 2.0 or 3.0: "
          + "save it with numpy.save")
    }
    var length = ByteReader(start[8...] + (try bytes(major > 1 ? 2 : 0, &source)))
    let long = length.littleEndian(UInt32.self).map { Int($0) }
    let count = long ?? length.littleEndian(UInt16.self).map { Int($0) } ?? 0
    guard count <= maximumHeaderBytes else {
      throw CSVError(
        .damaged, file: source.name, byteOffset: 8,
        "the array has a header of \(count) bytes, at most \(maximumHeaderBytes) are read; "
          + "copy or save the file again")
    }
    let place = source.byteOffset
    let text = try bytes(count, &source)
    guard let header = NumpyHeader(text) else {
      throw CSVError(
        .damaged, file: source.name, byteOffset: place,
        "the array's header is not as numpy.save writes it: \(Excerpt.quoted(text)); "
          + "copy or save the file again")
    }
    return (header, source.byteOffset)
  }

  private static func bytes(
    _ count: Int, _ source: inout ByteSource
  ) throws(CSVError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let filled = try bytes.withUnsafeMutableBufferPointer { (all) throws(CSVError) in
      try source.fill(UnsafeMutableRawBufferPointer(all))
    }
    guard filled == count else {
      throw CSVError(
        .damaged, file: source.name, byteOffset: source.byteOffset,
        "the array ends early, in its header, after \(source.byteOffset) bytes; "
          + "copy or save the file again")
    }
    return bytes
  }
}
