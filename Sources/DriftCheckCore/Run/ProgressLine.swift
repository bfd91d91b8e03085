internal import Glibc
internal import Synchronization

/// One line on the terminal that says how far the work is.
final class ProgressLine: Sendable {
  private let isShown: Bool
  private let last = Mutex("")

  init(isShown: Bool) { self.isShown = isShown }

  /// Shows a step and its share, if it would look different from what is shown.
  func show(_ step: String, _ share: Double?) {
    guard isShown else { return }
    let line = "\(step) ...\(share.map { " \(Int(min(max($0, 0), 1) * 100)) %" } ?? "")"
    last.withLock { last in
      guard last != line else { return }
      last = line
      _ = Descriptor.write(Array("\r\u{1B}[K\(line)".utf8), to: STDERR_FILENO)
    }
  }

  /// Takes the line away.
  func clear() {
    last.withLock { last in
      guard !last.isEmpty else { return }
      last = ""
      _ = Descriptor.write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO)
    }
  }
}
