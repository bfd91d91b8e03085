import Glibc

/// Tells whether a cell means "no value". One look-up settles nearly every cell that has one.
struct MissingValues: Sendable {
  /// For each first byte, the lengths (bit n mod 64 for n bytes) of the values that begin with it.
  private var lengths = [UInt64](repeating: 0, count: 256)
  private var values: [[UInt8]] = []

  /// The empty cell is missing whether it is listed or not.
  init(_ values: Set<ByteString>) {
    for value in values {
      guard let first = value.bytes.first else { continue }
      lengths[Int(first)] |= Self.bit(value.bytes.count)
      self.values.append(value.bytes)
    }
  }

  /// Whether the cell means "no value".
  @inline(__always)
  func contains(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !cell.isEmpty else { return true }
    guard lengths[Int(cell[0])] & Self.bit(cell.count) != 0 else { return false }
    return isListed(cell)
  }

  @inline(__always)
  private static func bit(_ count: Int) -> UInt64 {
    1 &<< UInt64(truncatingIfNeeded: count)
  }

  @inline(never)
  private func isListed(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = cell.baseAddress else { return true }
    return values.contains { value in
      value.count == cell.count
        && value.withUnsafeBytes {
          $0.baseAddress.map { memcmp($0, base, cell.count) == 0 } ?? true
        }
    }
  }
}
