import Glibc

/// Temporary files of runs that were killed: no handler runs then, and nothing else removes them.
enum LeftFiles {
  /// So long nobody writes on one file without touching it.
  private static let day = 86_400
  /// A folder of more names than this is not searched further.
  private static let mostNames = 100_000

  /// Removes what earlier runs left of the temporary files of `file`. Whatever fails is left.
  static func removeAll(beside file: String) {
    let folder = OutputTarget.folder(of: file)
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    for _ in 0..<mostNames {
      guard let entry = readdir(stream) else { return }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard TemporaryFile.isName(name, of: file) else { continue }
      _ = remove(folder + "/" + name, untouchedFor: day)
    }
  }

  /// Removes a temporary file when it is this user's, has been untouched for so many seconds, and
  /// nobody holds the lock on it that a run takes when it creates one.
  /// - Returns: Whether it is gone.
  static func remove(_ path: String, untouchedFor seconds: Int) -> Bool {
    // No link is followed, and no FIFO waited for.
    let descriptor = Descriptor.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_nlink == 1,
      info.st_uid == geteuid(), time(nil) - info.st_mtim.tv_sec > seconds
    else { return false }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK { return false }
    // Another run may have removed it meanwhile, and a third one begun its own.
    var named = stat()
    guard lstat(path, &named) == 0, named.st_dev == info.st_dev, named.st_ino == info.st_ino else {
      return false
    }
    return unlink(path) == 0
  }
}
