import Glibc

/// Tells whether a cell means "no value". One look-up settles nearly every cell that has one.
struct MissingValues: Sendable {
  /// For each first byte, the lengths (bit n mod 64 for n bytes) of the values that begin with it.
  private var lengths = [UInt64](repeating: 0, count: 256)
  /// Ascending: by their number of bytes, then by these.
  private var values: [[UInt8]] = []

  /// The empty cell is missing whether it is listed or not.
  init(_ values: Set<ByteString>) {
    for value in values {
      guard let first = value.bytes.first else { continue }
      lengths[Int(first)] |= Self.bit(value.bytes.count)
      self.values.append(value.bytes)
    }
    self.values.sort { ($0.count, ByteString($0)) < ($1.count, ByteString($1)) }
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

  /// Looks up a cell.
  /// - Complexity: O(log n) comparisons for n values.
  @inline(never)
  private func isListed(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = low + (high - low) / 2
      let order = Self.order(of: values[middle], cell)
      if order == 0 { return true }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return false
  }

  /// Less than 0 when a value comes before a cell, 0 when it is the same.
  private static func order(of value: [UInt8], _ cell: UnsafeBufferPointer<UInt8>) -> Int {
    guard value.count == cell.count, let base = cell.baseAddress else {
      return value.count - cell.count
    }
    return value.withUnsafeBytes { bytes in
      bytes.baseAddress.map { Int(memcmp($0, base, cell.count)) } ?? 0
    }
  }
}
