public import DriftColumns

/// The form of a profile in a file: a `CheckedFile` that begins with "DRIFTPRF".
///
/// Numbers are 64 bits wide, little-endian; floating-point numbers are IEEE 754 doubles; texts have
/// their number of bytes before them. A later version may only be read by a later library.
extension DatasetProfile {
  private static let file = CheckedFile(magic: Array("DRIFTPRF".utf8), version: 2)

  /// The most rows: as many as sketches count, and so few that no sum of theirs overflows.
  package static let mostRows = BinaryReader.mostRows

  /// Whether some bytes begin a profile.
  public static func isProfile(_ beginning: some Sequence<UInt8>) -> Bool {
    file.begins(beginning)
  }

  /// The profile as the bytes of a file.
  /// - Complexity: O(kept values, levels and rows).
  public func encoded() -> [UInt8] {
    Self.file.bytes(about: encodedSize) { encode(into: &$0) }
  }

  /// A profile from the bytes of a file, of which nothing need be known.
  ///
  /// Equal numbers, and levels that begin alike, take little room in a file and much in memory:
  /// hence the limit. Profiles that were made with the default options keep to that which holds
  /// unless another is given, as long as their levels have less than some 200 bytes.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - limit: How many bytes the profile may take in memory, about; unless given, 64 MiB or 128
  ///     for each byte of the file, whichever is more.
  /// - Throws: `DriftError.damagedProfile` for anything but a whole profile of a known version,
  ///   `DriftError.profileTooLarge` beyond the limit.
  /// - Complexity: O(bytes and limit).
  public init(decoding bytes: [UInt8], limit: Int? = nil) throws(DriftError) {
    let content: ArraySlice<UInt8>
    do {
      content = try Self.file.content(of: bytes)
    } catch {
      switch error {
      case .otherKind:
        throw DriftError(
          .damagedProfile,
          "not a profile: it does not begin with 'DRIFTPRF'; give the output of "
            + "'drift-check profile'")
      case .otherVersion(let version):
        throw DriftError(
          .damagedProfile,
          "the profile has \(Self.file.advice(version, again: "make the profile again"))")
      case .damaged(let detail): throw .damagedProfile(detail)
      }
    }
    var body = BinaryReader(content, limit: max(0, limit ?? max(64 << 20, 128 * bytes.count)))
    try self.init(from: &body)
    guard body.isAtEnd else { throw .damagedProfile("there is more than a profile in it") }
  }

  /// About how many bytes it has: the rows, and as much for each column as a sketch takes.
  private var encodedSize: Int {
    let rows = sample.map { $0.rows.count * 8 * (3 + $0.names.count) } ?? 0
    return rows + columns.count * 100_000
  }

  private func encode(into writer: inout BinaryWriter) {
    writer.write(rowCount)
    writer.write(segments.count)
    for segment in segments { writer.write(segment) }
    writer.write(columns.count)
    for column in columns { column.encode(into: &writer) }
    writer.write(sample != nil)
    sample?.encode(into: &writer)
  }

  private init(from reader: inout BinaryReader) throws(DriftError) {
    let rowCount = try reader.rows()
    var segments: [String] = []
    for _ in 0..<(try reader.count(bytesEach: 8)) { segments.append(try reader.string()) }
    var columns: [ColumnProfile] = []
    var names: Set<Level> = []
    for _ in 0..<(try reader.count(bytesEach: 8)) {
      let column = try ColumnProfile(from: &reader, rowCount: rowCount)
      guard names.insert(Level(column.name)).inserted else {
        throw .damagedProfile("two columns have one name")
      }
      columns.append(column)
    }
    let sample = try reader.bool() ? try RowSampleProfile(from: &reader) : nil
    let numeric = columns.filter { $0.kind == .numeric }.map(\.name)
    if let sample {
      guard sample.rows.count <= min(sample.size, rowCount), sample.names == numeric else {
        throw .damagedProfile("its rows do not fit its columns")
      }
    }
    self.init(rowCount: rowCount, columns: columns, sample: sample, segments: segments)
  }
}

extension RowSampleProfile {
  fileprivate func encode(into writer: inout BinaryWriter) {
    writer.write(size)
    writer.write(names.count)
    for name in names { writer.write(name) }
    writer.write(segments.count)
    for segment in segments { writer.write(segment) }
    writer.write(rows.count)
    for row in rows {
      writer.write(row.key)
      writer.write(row.segment)
      writer.write(row.row)
    }
    for column in values { writer.append(column) }
  }

  fileprivate init(from reader: inout BinaryReader) throws(DriftError) {
    let size = try reader.int()
    var names: [String] = []
    for _ in 0..<(try reader.count(bytesEach: 8)) { names.append(try reader.string()) }
    var segments: [String] = []
    for _ in 0..<(try reader.count(bytesEach: 8)) {
      let segment = try reader.string()
      if let last = segments.last, Level(segment) < Level(last) {
        throw .damagedProfile("its parts are out of order")
      }
      segments.append(segment)
    }
    var rows: [Row] = []
    for _ in 0..<(try reader.count(bytesEach: 24)) {
      let key = try reader.uint64()
      let segment = try reader.int()
      guard segments.indices.contains(segment) else { throw .damagedProfile("a row is nowhere") }
      let row = Row(key: key, segment: segment, row: try reader.rows())
      if let last = rows.last, row < last { throw .damagedProfile("its rows are out of order") }
      rows.append(row)
    }
    var values: [[Double]] = []
    for _ in names { values.append(try reader.doubles(rows.count)) }
    self.init(size: max(0, size), names: names, segments: segments, rows: rows, values: values)
  }
}
