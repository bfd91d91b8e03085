internal import Glibc

/// A file that was opened again, for reading at any place of it.
final class OpenFile: Sendable {
  /// Which input it is.
  let input: Int
  private let name: String
  private let descriptor: Int32

  /// Opens a file that must be in the state it was in.
  ///
  /// - Throws: `CSVError` when it cannot be opened, or was replaced or changed.
  init(_ name: String, _ input: Int, _ identity: FileIdentity?) throws(CSVError) {
    self.name = name
    self.input = input
    descriptor = try StoredBytes.open(name)
    guard let identity, try FileIdentity(descriptor: descriptor, name: name) == identity else {
      throw CSVError.changed(name)
    }
  }

  deinit {
    _ = close(descriptor)
  }

  /// Fills a buffer with the bytes from a place on.
  ///
  /// - Throws: `CSVError` when there are not so many, or they cannot be read.
  func read(into space: UnsafeMutableRawBufferPointer, at offset: Int) throws(CSVError) {
    var filled = 0
    while filled < space.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: space[filled...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
      if count > 0 {
        filled += count
      } else if count == 0 {
        throw CSVError.changed(name)
      } else if errno != EINTR {
        throw CSVError.reading(name, errno: errno, byteOffset: offset + filled)
      }
    }
  }
}
