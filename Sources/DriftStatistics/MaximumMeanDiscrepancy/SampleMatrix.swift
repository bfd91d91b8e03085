public import DriftColumns

/// Rows of numbers: one sample of a multivariate test.
///
/// Values are stored row by row. NaN stands for a missing value; infinities are treated as missing.
public struct SampleMatrix: Sendable, Hashable {
  /// How many rows there are.
  public let rowCount: Int
  /// How many values a row has.
  public let columnCount: Int
  /// The values, row by row: `rowCount` x `columnCount`.
  public let values: [Double]

  /// A matrix from its values, row by row.
  ///
  /// - Parameters:
  ///   - rowCount: How many rows there are.
  ///   - columnCount: How many values a row has.
  ///   - values: `rowCount` x `columnCount` values.
  /// - Throws: `StatisticsError.invalidArgument` when the number of values does not fit.
  public init(rowCount: Int, columnCount: Int, values: [Double]) throws(StatisticsError) {
    let (expected, overflow) = rowCount.multipliedReportingOverflow(by: columnCount)
    guard rowCount >= 0, columnCount >= 0, rowCount == 0 || columnCount > 0, !overflow,
      values.count == expected
    else {
      throw StatisticsError(
        code: .invalidArgument,
        message: "\(values.count) values do not make \(rowCount) rows of \(columnCount)")
    }
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// A matrix from its rows.
  ///
  /// - Throws: `StatisticsError.invalidArgument` when the rows differ in length.
  public init(rows: [[Double]]) throws(StatisticsError) {
    let width = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() where row.count != width {
      throw StatisticsError(
        code: .invalidArgument,
        message: "row \(index) has \(row.count) values, the first row has \(width)")
    }
    try self.init(rowCount: rows.count, columnCount: width, values: Array(rows.joined()))
  }

  /// A matrix from its columns.
  ///
  /// - Throws: `StatisticsError.invalidArgument` when the columns differ in length.
  public init(columns: [[Double]]) throws(StatisticsError) {
    let rowCount = columns.first?.count ?? 0
    for (index, column) in columns.enumerated() where column.count != rowCount {
      throw StatisticsError(
        code: .invalidArgument,
        message: "column \(index) has \(column.count) values, the first column has \(rowCount)")
    }
    self.init(columns: columns, rows: Array(0..<rowCount))
  }

  /// The chosen rows of columns of equal length.
  package init(columns: [[Double]], rows: [Int]) {
    rowCount = rows.count
    columnCount = columns.count
    values = Self.rowMajor(columns: columns, rows: rows) { $0 }
  }

  /// The chosen rows of columns, row by row, every value changed by `change`.
  @inline(__always)
  static func rowMajor(
    columns: [[Double]], rows: some RandomAccessCollection<Int>, change: (Double) -> Double
  ) -> [Double] {
    let width = columns.count
    return Array(unsafeUninitializedCapacity: rows.count * width) { buffer, count in
      count = rows.count * width
      guard count > 0, let start = buffer.baseAddress else { return }
      // Few rows at a time: their part of the memory stays in the cache for all columns.
      var first = rows.startIndex
      var place = 0
      while first != rows.endIndex {
        let last = rows.index(first, offsetBy: 256, limitedBy: rows.endIndex) ?? rows.endIndex
        for (j, column) in columns.enumerated() {
          var target = start + (place * width + j)
          for row in rows[first..<last] {
            target.initialize(to: change(column[row]))
            target += width
          }
        }
        place += rows.distance(from: first, to: last)
        first = last
      }
    }
  }

  /// The chosen rows, in the order given.
  package func selecting(rows: [Int]) -> SampleMatrix {
    guard rows.count != rowCount || rows != Array(0..<rowCount) else { return self }
    var chosen: [Double] = []
    chosen.reserveCapacity(rows.count * columnCount)
    for row in rows {
      chosen.append(contentsOf: values[(row * columnCount)..<((row + 1) * columnCount)])
    }
    return SampleMatrix(uncheckedRowCount: rows.count, columnCount: columnCount, values: chosen)
  }

  private init(uncheckedRowCount: Int, columnCount: Int, values: [Double]) {
    rowCount = uncheckedRowCount
    self.columnCount = columnCount
    self.values = values
  }
}
