import Glibc

/// What a path to write to stands for, after its symbolic links.
enum OutputTarget: Equatable {
  /// A descriptor of this process, as `/dev/stdout` is.
  case descriptor(Int32)
  /// A device, FIFO or socket: written to as it is.
  case device(String)
  /// A regular file, there or not: replaced whole.
  case file(String)

  /// Follows the symbolic links of `path`, also those that lead to nothing yet.
  /// - Throws: `OutputError` for folders and for links in a circle.
  init(_ path: String) throws(OutputError) {
    var place = path
    for _ in 0..<40 {  // as many links as the kernel follows
      if let number = Self.descriptorNumber(place) {
        self = .descriptor(number)
        return
      }
      guard place.utf8.last != UInt8(ascii: "/") else { throw .creating(path, EISDIR) }
      var info = stat()
      guard lstat(place, &info) == 0 else {
        // Of what cannot be looked at nobody knows whether it is to be replaced.
        guard errno == ENOENT else { throw .creating(path, errno) }
        self = .file(place)
        return
      }
      switch info.st_mode & S_IFMT {
      case S_IFDIR: throw .creating(path, EISDIR)
      case S_IFREG:
        self = .file(place)
        return
      case S_IFLNK:
        guard let link = Self.readLink(place) else { throw .creating(path, errno) }
        place = link.utf8.first == UInt8(ascii: "/") ? link : Self.folder(of: place) + "/" + link
      default:
        self = .device(place)
        return
      }
    }
    throw .creating(path, ELOOP)
  }

  /// Whether a path is that of a file, there or not, or of nothing that can be written to.
  static func isFile(_ path: String) -> Bool {
    switch try? OutputTarget(path) {
    case .descriptor, .device: false
    case .file, nil: true
    }
  }

  /// What tells the file at a path from others, by whatever name, there or not: its folder and its name
  /// in it. The path itself where that cannot be told.
  static func identity(_ path: String) -> String {
    guard case .file(let file) = try? OutputTarget(path) else { return path }
    var info = stat()
    guard stat(folder(of: file), &info) == 0 else { return path }
    return "\(info.st_dev) \(info.st_ino) \(name(of: file))"
  }

  /// The folder that a path is in, "." for a bare name.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    let folder = path[..<slash]
    return folder.isEmpty ? "/" : String(folder)
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// The number in `/dev/fd/N` or `/proc/self/fd/N`. To open such a path again would lose the
  /// place in a file that the shell opened, and fails for sockets.
  private static func descriptorNumber(_ path: String) -> Int32? {
    for prefix in ["/dev/fd/", "/proc/self/fd/", "/proc/\(getpid())/fd/"]
    where path.hasPrefix(prefix) {
      return Int32(path.dropFirst(prefix.count))
    }
    return nil
  }

  private static func readLink(_ path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
