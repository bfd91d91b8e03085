/// Keeps all numbers and levels of a table.
package struct TableBuilder: TableConsumer {
  /// The levels of each column.
  package struct Levels: CategoryConsumer {
    /// All chunks: each thread hands over at the end.
    package let chunksPerRun = Int.max
    fileprivate var tallies: [LevelTally] = []

    package mutating func take(_ tallies: [LevelTally]) {
      if self.tallies.isEmpty {
        self.tallies = tallies
      } else {
        for place in tallies.indices { self.tallies[place].merge(tallies[place]) }
      }
    }
  }

  package var categories = Levels()

  /// The numbers of each column in the order of the rows; nil of one that is read as text.
  private var numbers: [[[Double]]?] = []
  /// What was read, at its end.
  package private(set) var table = Table(columns: [], rowCount: 0)
  /// What was counted, at the end.
  package private(set) var counts = TableCounts()

  /// A table without columns.
  package init() {}

  package mutating func begin(_ columns: [RequestedColumn]) {
    numbers = columns.map { $0.request == .text ? nil : [] }
  }

  package func profile(_ rows: RowBatch, firstRow: Int) -> [[Double]] {
    numbers.indices.map { Array(rows.numbers($0)) }
  }

  package mutating func collect(_ partial: [[Double]], _ rows: RowBatch, firstRow: Int) {
    for (place, values) in partial.enumerated() {
      numbers[place]?.append(values)
    }
  }

  package mutating func finish(_ counts: TableCounts) {
    let columns = counts.columns.enumerated().map { place, column in
      guard column.isText else {
        let values = NumberColumn(
          chunks: numbers[place] ?? [], missing: column.missing,
          unparseable: column.unparseable, examples: column.examples)
        return TableColumn(
          name: column.name, cells: column.isTime ? .times(values) : .numbers(values),
          counts: column)
      }
      var tally = categories.tallies.isEmpty ? LevelTally() : categories.tallies[place]
      tally.missing = column.missing
      return TableColumn(name: column.name, cells: .text(tally), counts: column)
    }
    categories = Levels()
    numbers = []
    table = Table(columns: columns, rowCount: counts.rowCount)
    self.counts = counts
  }
}
