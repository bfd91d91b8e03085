import Glibc

/// What the kernel says when a call fails.
enum SystemError {
  /// The text of an `errno` value, such as "No space left on device".
  static func text(_ code: Int32) -> String {
    // strerror is not safe with threads; 256 bytes hold every text of glibc.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      buffer.initialize(repeating: 0)
      guard let base = buffer.baseAddress, strerror_r(code, base, buffer.count) == 0 else {
        return "error \(code)"
      }
      return String(cString: base)
    }
  }
}
