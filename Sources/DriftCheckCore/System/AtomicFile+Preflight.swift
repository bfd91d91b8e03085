import Glibc

extension AtomicFile {
  /// Checks, before any work is done, that `path` can probably be written. Leaves nothing behind.
  /// - Throws: `OutputError` for a folder, a parent that is no folder, or missing rights.
  package static func preflight(_ path: String) throws(OutputError) {
    switch try OutputTarget(path) {
    case .descriptor(let descriptor):
      guard fcntl(descriptor, F_GETFD) != -1 else { throw .creating(path, errno) }
    case .device(let device):
      guard access(device, W_OK) == 0 else { throw .creating(path, errno) }
    case .file(let file):
      guard OutputTarget.name(of: file).utf8.count <= Int(NAME_MAX) else {
        throw .creating(path, ENAMETOOLONG)
      }
      let folder = try nearestFolder(OutputTarget.folder(of: file), path)
      guard access(folder, W_OK | X_OK) == 0 else { throw .creating(path, errno) }
    }
  }

  /// The folder itself, or the nearest one above it that exists.
  private static func nearestFolder(
    _ folder: String, _ path: String
  ) throws(OutputError) -> String {
    var folder = folder
    while true {
      var info = stat()
      if stat(folder, &info) == 0 {
        guard info.st_mode & S_IFMT == S_IFDIR else { throw .creating(path, ENOTDIR) }
        return folder
      }
      let above = OutputTarget.folder(of: folder)
      guard errno == ENOENT, above != folder else { throw .creating(path, errno) }
      folder = above
    }
  }
}
