import Glibc

/// Which regular file it is, and in what state: enough to notice that it was replaced or changed.
package struct FileIdentity: Sendable, Hashable {
  private let device: UInt64
  private let node: UInt64
  private let modifiedSeconds: Int
  private let modifiedNanoseconds: Int

  /// The size in bytes.
  let size: Int

  /// The file open at a descriptor.
  ///
  /// - Throws: `CSVError` when it is a directory; nil when it is not a regular file.
  init?(descriptor: Int32, name: String) throws(CSVError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    try self.init(status, name: name)
  }

  /// The file open at a descriptor; nil when it is not a regular file.
  package init?(descriptor: Int32) {
    guard let identity = try? FileIdentity(descriptor: descriptor, name: "") else { return nil }
    self = identity
  }

  /// The regular file that a path leads to now; nil for anything else.
  package init?(at path: String) {
    guard let identity = try? FileIdentity(path: path) else { return nil }
    self = identity
  }

  /// The file at a path, which need not be readable.
  ///
  /// - Throws: `CSVError` when there is none or it is a directory; nil when it is not regular.
  init?(path: String) throws(CSVError) {
    guard !path.utf8.contains(0) else { throw CSVError.opening(path, errno: ENOENT) }
    var status = stat()
    guard stat(path, &status) == 0 else { throw CSVError.opening(path, errno: errno) }
    try self.init(status, name: path)
  }

  private init?(_ status: stat, name: String) throws(CSVError) {
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw CSVError.directory(name)
    case S_IFREG: break
    default: return nil
    }
    device = UInt64(status.st_dev)
    node = UInt64(status.st_ino)
    modifiedSeconds = Int(status.st_mtim.tv_sec)
    modifiedNanoseconds = Int(status.st_mtim.tv_nsec)
    size = Int(status.st_size)
  }
}
