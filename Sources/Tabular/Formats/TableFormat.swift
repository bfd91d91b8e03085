/// A kind of file: how it is recognised by its first bytes, and how it is read.
package struct TableFormat: Sendable {
  /// The name by which code asks for a format.
  package struct ID: Sendable, Hashable {
    /// The name.
    package let name: String

    /// A format of this name.
    package init(_ name: String) { self.name = name }

    /// Text with a delimiter: whatever nothing else is recognised in.
    package static let csv = ID("csv")
    /// A NumPy array.
    package static let numpy = ID("npy")
    /// Bytes compressed by gzip or Zstandard.
    package static let compressed = ID("compressed")
    /// Text in another encoding, by its byte order mark.
    package static let encoded = ID("encoded")
    /// Something that is only named, when it is refused.
    package static let other = ID("other")
  }

  /// Opens a table, from the beginning of its content.
  ///
  /// `header` is that of the first partition, nil for this one; `progress` is called with the bytes of
  /// this input that were read.
  typealias Opener =
    @Sendable (
      _ source: inout ByteSource, _ header: TableHeader?, _ options: CSVOptions,
      _ progress: (Int) throws -> Void
    ) throws -> any TableChunker

  /// What is done with such a file.
  enum Reading: Sendable {
    /// It is a table.
    case table(Opener)
    /// It is decompressed, and the content recognised.
    case compressed(Compression)
    /// It is text in this encoding, and the content recognised.
    case encoded(String)
    /// It is refused, or none of the table reader's business; the advice says what to do about it.
    case refused(advice: String)
  }

  /// The name of the format.
  package let id: ID
  /// What messages call such a file, with its article.
  let name: String
  /// How its files are named, for messages about one in an unexpected place.
  let suffix: String?
  /// Whether a file begins so.
  let isBegun: @Sendable (_ beginning: [UInt8]) -> Bool
  /// What is done with it.
  let reading: Reading

  /// A format that begins with these bytes.
  init(
    _ id: ID, _ name: String, suffix: String? = nil, _ bytes: [UInt8], reading: Reading
  ) {
    self.init(id, name, suffix: suffix, reading: reading) { $0.starts(with: bytes) }
  }

  /// A format by a test of the first bytes.
  init(
    _ id: ID, _ name: String, suffix: String? = nil, reading: Reading,
    isBegun: @escaping @Sendable ([UInt8]) -> Bool
  ) {
    self.id = id
    self.name = name
    self.suffix = suffix
    self.reading = reading
    self.isBegun = isBegun
  }

  /// A format of files that are no tables, which the caller reads by itself.
  package static func foreign(
    _ id: ID, _ name: String, isBegun: @escaping @Sendable (_ beginning: [UInt8]) -> Bool
  ) -> TableFormat {
    TableFormat(id, name, reading: .refused(advice: "give a table"), isBegun: isBegun)
  }
}
