internal import Checked

/// How many cells of a column are of which kind: what an automatic column is read as follows from it.
package struct CellKinds: Sendable, Hashable {
  /// Cells with a value.
  package var present = 0
  /// Those of them that are numbers.
  package var numbers = 0
  /// Those of them that are dates or date-times.
  package var times = 0

  /// No cells.
  package init() {}

  /// Whether so many cells are nearly all: 95 of 100.
  private func isMost(_ count: Int) -> Bool {
    let (part, overflow) = count.multipliedReportingOverflow(by: 20)
    return overflow || part >= 19 * present
  }

  /// What the column is. One without values is numeric.
  package var request: ColumnRequest {
    if present == 0 { return .numeric }
    return isMost(times) ? .time : isMost(numbers) ? .numeric : .text
  }

  /// What the column may be, by a few of its rows: what half of them are.
  var guess: ColumnRequest {
    if present == 0 { return .numeric }
    return 2 * times >= present ? .time : 2 * numbers >= present ? .numeric : .text
  }

  /// Adds the cells of other rows.
  package mutating func add(_ other: CellKinds) {
    present += other.present
    numbers += other.numbers
    times += other.times
  }

  /// Counts a cell with a value.
  mutating func count(
    _ text: UnsafeBufferPointer<UInt8>, _ cells: Int = 1, numbers notation: NumberNotation
  ) {
    present += cells
    // Most texts that are neither are told by their first byte.
    guard let first = text.first, Self.mayBegin[Int(first)] else { return }
    if !notation.parse(text).isNaN {
      numbers += cells
    } else if ISO8601.parse(text) != nil {
      times += cells
    }
  }

  /// The bytes that a number or a date may begin with.
  private static let mayBegin: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for byte in "0123456789+-.,iI".utf8 { table[Int(byte)] = true }
    return table
  }()
}
