internal import Synchronization

/// The last line of a terminal, while it says how far the work is.
///
/// Keeps no lock: the thread that waits for signals must be able to write at any moment.
package final class StatusLine: Sendable {
  /// An open descriptor of the terminal.
  let descriptor: Int32
  private let isDrawn = Atomic(false)
  private let isEnded = Atomic(false)

  private static let erasure = "\r\u{1B}[K"

  /// A line that is not there yet.
  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Shows a text in the place of what is shown. It is one write, and nothing is erased before
  /// something else is there: nothing flickers.
  func draw(_ text: String) {
    guard !isEnded.load(ordering: .relaxed) else { return }
    isDrawn.store(true, ordering: .relaxed)
    _ = Descriptor.write(Array("\r\(text)\u{1B}[K".utf8), to: descriptor)
  }

  /// Takes the line away.
  func clear() {
    let erasure = takenAway()
    if !erasure.isEmpty { _ = Descriptor.write(Array(erasure.utf8), to: descriptor) }
  }

  /// What another line has to begin with, so that nothing is left of this one.
  func takenAway() -> String {
    isDrawn.exchange(false, ordering: .relaxed) ? Self.erasure : ""
  }

  /// Nothing is drawn any more.
  func end() { isEnded.store(true, ordering: .relaxed) }
}
