import Glibc

/// Calls on file descriptors that go on after interruptions.
enum Descriptor {
  /// Writes all bytes, however many calls it takes. When the descriptor does not block by itself,
  /// `waits` says whether to wait for room.
  /// - Returns: 0, or the `errno` value of the call that failed.
  static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, waits: Bool = true
  ) -> Int32 {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN where waits: waitUntilWritable(descriptor, milliseconds: -1)
      default: return errno
      }
    }
    return 0
  }

  /// Writes all bytes, however many calls it takes. When the descriptor does not block by itself,
  /// `waits` says whether to wait for room.
  /// - Returns: 0, or the `errno` value of the call that failed.
  static func write(_ bytes: [UInt8], to descriptor: Int32, waits: Bool = true) -> Int32 {
    bytes.withUnsafeBytes { write($0, to: descriptor, waits: waits) }
  }

  /// Waits for room in a pipe or terminal, at most so many milliseconds; negative for ever.
  /// - Returns: Whether a write will not block (it may still fail).
  @discardableResult
  static func waitUntilWritable(_ descriptor: Int32, milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    while true {
      let count = poll(&entry, 1, milliseconds)
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }

  /// Opens a file; the descriptor is closed on exec.
  /// - Returns: The descriptor, or the negative `errno` value.
  static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o644) -> Int32 {
    while true {
      let descriptor = Glibc.open(path, flags | O_CLOEXEC, mode)
      if descriptor >= 0 { return descriptor }
      if errno != EINTR { return -errno }
    }
  }
}
