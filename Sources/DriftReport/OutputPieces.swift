/// Bytes on their way to a file, handed on whenever some have come together: what a report of a wide
/// table has is never in memory at once.
struct OutputPieces {
  /// What was not handed on yet; writers append to it.
  var bytes: [UInt8] = []

  /// Bytes that are worth a call to write them.
  private static let size = 1 << 16

  /// Hands on what has come together, when it is enough.
  mutating func handOn<Failure: Error>(
    to take: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    if bytes.count >= Self.size { try finish(take) }
  }

  /// Hands on the rest.
  mutating func finish<Failure: Error>(
    _ take: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    guard !bytes.isEmpty else { return }
    try take(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
