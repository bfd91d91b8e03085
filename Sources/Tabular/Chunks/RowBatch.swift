/// A few rows of a table: their numbers, one column after the other.
///
/// Valid during the call it is handed to. Unchecked: nothing writes to the numbers meanwhile.
package struct RowBatch: @unchecked Sendable {
  /// The number of rows, at least 1.
  package let rowCount: Int

  private let values: UnsafePointer<Double>
  private let stride: Int
  private let places: [Int]

  /// Rows whose column `i` begins at `values + places[i] * stride`, or has no numbers when
  /// `places[i]` is negative.
  init(rowCount: Int, values: UnsafePointer<Double>, stride: Int, places: [Int]) {
    self.rowCount = rowCount
    self.values = values
    self.stride = stride
    self.places = places
  }

  /// The numbers of a column.
  ///
  /// - Parameter column: Its place among the columns of the table.
  /// - Returns: One number a row, NaN where a cell is missing or not a number; nothing for a column
  ///   of text.
  package func numbers(_ column: Int) -> UnsafeBufferPointer<Double> {
    guard places[column] >= 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: values + places[column] * stride, count: rowCount)
  }
}
