import Glibc

/// Files of the kernel that are read whole.
enum SmallFile {
  /// The text of a file, at most `limit` bytes of it; nil when it cannot be read.
  static func text(_ path: String, limit: Int = 65_536) -> String? {
    let descriptor = Descriptor.open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    while bytes.count < limit {
      let count = read(descriptor, &chunk, min(chunk.count, limit - bytes.count))
      if count == 0 { break }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno != EINTR {
        return nil
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
