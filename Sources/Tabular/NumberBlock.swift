/// The numbers of a few rows, one column after the other. Memory of its own, so that setting a
/// value checks nothing.
final class NumberBlock {
  /// Rows in the block.
  var rowCount = 0

  private let capacity: Int
  private let values: UnsafeMutablePointer<Double>

  /// A block of about 1 MiB, between 16 and 1,024 rows.
  init(columnCount: Int) {
    capacity = min(max(131_072 / max(columnCount, 1), 16), 1024)
    values = .allocate(capacity: capacity * max(columnCount, 1))
  }

  deinit {
    values.deallocate()
  }

  /// Whether no further row fits.
  var isFull: Bool { rowCount == capacity }

  /// Sets the value of a row that is being filled.
  @inline(__always)
  func set(_ value: Double, row: Int, column: Int) {
    values[column &* capacity &+ row] = value
  }

  /// The values of one column.
  func values(ofColumn column: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: values + column * capacity, count: rowCount)
  }
}
