internal import Checked

/// The frame that all files of this library have:
///
///     bytes 0..<8    what it is
///     bytes 8..<16   version
///     bytes 16..<24  number of bytes that follow, without the checksum
///     ...            the content
///     last 8 bytes   CRC-32C of all bytes before, as a 64-bit number
package struct CheckedFile {
  /// Why bytes are not such a file.
  package enum Fault: Error {
    /// They begin as another file.
    case otherKind
    /// Another version, this one, made them.
    case otherVersion(UInt64)
    /// They are not what was written.
    case damaged(String)
  }

  /// The eight bytes that it begins with.
  package let magic: [UInt8]
  /// The version that is written, and the only one that is read.
  package let version: UInt64

  /// A kind of file.
  package init(magic: [UInt8], version: UInt64) {
    self.magic = magic
    self.version = version
  }

  /// Whether some bytes begin such a file.
  package func begins(_ beginning: some Sequence<UInt8>) -> Bool { beginning.starts(with: magic) }

  /// The file of the content that `write` writes, about so many bytes.
  package func bytes(about size: Int = 0, _ write: (inout BinaryWriter) -> Void) -> [UInt8] {
    var file = BinaryWriter()
    file.reserve(size + 32)
    file.append(magic)
    file.write(version)
    file.write(0)
    write(&file)
    file.overwrite(at: 16, UInt64(file.bytes.count - 24))
    file.write(UInt64(file.bytes.withUnsafeBytes { Checksum.crc32c($0) }))
    return file.bytes
  }

  /// The content of a file that is whole.
  package func content(of bytes: [UInt8]) throws(Fault) -> ArraySlice<UInt8> {
    guard begins(bytes) else { throw .otherKind }
    var reader = ByteReader(bytes)
    guard bytes.count >= 32, reader.take(magic.count) != nil,
      let found = reader.littleEndian(UInt64.self), let size = reader.littleEndian(UInt64.self),
      let content = reader.take(bytes.count - 32), let written = reader.littleEndian(UInt64.self)
    else { throw .damaged("the file ends too early") }
    guard found == version else { throw .otherVersion(found) }
    guard size == UInt64(content.count) else {
      throw .damaged(
        "the file has \(bytes.count) bytes where it says that it has "
          + "\(size.addingReportingOverflow(32).partialValue)")
    }
    let sum = bytes.withUnsafeBytes {
      Checksum.crc32c(UnsafeRawBufferPointer(rebasing: $0.dropLast(8)))
    }
    guard written == UInt64(sum) else { throw .damaged("the checksum does not match") }
    return content
  }

  /// What to say of another version.
  package func advice(_ found: UInt64, again: String) -> String {
    "version \(found), this program reads version \(version); "
      + (found > version ? "update the program" : again)
  }
}
