internal import Glibc
internal import Tabular

/// The files that a run reads, to look up those that it writes.
struct InputFiles {
  private let paths: Set<ByteString>
  private let nodes: Set<FileNode>

  /// - Parameters:
  ///   - paths: The files that are read.
  ///   - outputs: What will be looked up; as long as none of them is there, names are enough.
  init(_ paths: [String], against outputs: [String]) {
    self.paths = Set(paths.map { ByteString($0) })
    let isNeeded = outputs.contains { FileNode($0) != nil }
    nodes = isNeeded ? Set(paths.compactMap { FileNode($0) }) : []
  }

  /// Whether a path is one of them, by its name or as the file that it leads to.
  func contains(_ path: String) -> Bool {
    if paths.contains(ByteString(path)) { return true }
    guard let node = FileNode(path) else { return false }
    return nodes.contains(node)
  }
}

/// Which regular file is at a path, however the path is written.
struct FileNode: Hashable {
  private let device: UInt64
  private let node: UInt64

  /// The file that a path leads to; nil when there is none, or something else.
  init?(_ path: String) {
    var status = stat()
    guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    device = UInt64(status.st_dev)
    node = UInt64(status.st_ino)
  }
}
