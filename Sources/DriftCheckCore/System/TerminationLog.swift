internal import DriftReport
import Glibc
internal import Tabular

/// The file from which Kubernetes takes a container's last message.
package enum TerminationLog {
  /// The most bytes that Kubernetes keeps.
  package static let limit = 4_096

  /// Writes a message, cut to `limit` bytes.
  /// - Parameters:
  ///   - message: The text.
  ///   - path: The value of `--termination-log`. Without it the usual path is used if it exists
  ///     and is writable.
  ///   - usualPath: `/dev/termination-log` but in tests.
  /// - Returns: A warning when the message could not be written, else nil. Never fatal.
  package static func write(
    _ message: String, to path: String?, usualPath: String = "/dev/termination-log"
  ) -> String? {
    guard path != nil || access(usualPath, W_OK) == 0 else { return nil }
    let target = path ?? usualPath
    // A bind mount cannot be replaced by rename. O_NONBLOCK: a FIFO must not make us wait.
    var flags = O_WRONLY | O_TRUNC | O_NONBLOCK | O_NOCTTY
    if path != nil { flags |= O_CREAT }
    let descriptor = Descriptor.open(target, flags)
    guard descriptor >= 0 else { return warning(target, -descriptor) }
    var code = Descriptor.write(cut(message), to: descriptor, waits: false)
    if close(descriptor) != 0, code == 0 { code = errno }
    return code == 0 ? nil : warning(target, code)
  }

  /// The longest beginning of `message` that has at most `limit` bytes and ends with a whole
  /// character of UTF-8.
  static func cut(_ message: String) -> [UInt8] {
    let bytes = Array(message.utf8)
    guard bytes.count > limit else { return bytes }
    var end = limit
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }  // not inside a sequence
    return Array(bytes[..<end])
  }

  private static func warning(_ path: String, _ code: Int32) -> String {
    "cannot write the termination log '\(PlainText.neutralised(path))': \(describe(errno: code))"
  }
}
