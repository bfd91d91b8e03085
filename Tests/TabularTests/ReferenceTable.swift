import CInstructionSets
import Checked
import Tabular

/// A table for comparison.
struct TableSnapshot: Hashable {
  enum Column: Hashable {
    case numbers([UInt64], missing: Int, unparseable: Int, [NumberColumn.Unparseable])
    case text([ByteString: Int], missing: Int)
  }

  var rowCount: Int
  var columns: [Column]

  init(rowCount: Int, columns: [Column]) {
    self.rowCount = rowCount
    self.columns = columns
  }

  /// A table.
  init(_ table: Table) {
    rowCount = table.rowCount
    columns = table.columns.map { column in
      switch column.cells {
      case .numbers(let numbers), .times(let numbers):
        .numbers(
          numbers.bits, missing: numbers.missing, unparseable: numbers.unparseable,
          numbers.examples)
      case .text(let tally):
        .text(
          Dictionary(uniqueKeysWithValues: tally.sortedLevels().map { ($0.level, $0.count) }),
          missing: tally.missing)
      }
    }
  }
}

/// What reading gave: a table, or what was said instead.
enum Reading: Hashable {
  case table(TableSnapshot)
  case failure(CSVError)
  /// A row of the wrong length: the message, the line and the offset.
  case ragged(String, line: Int?, byteOffset: Int?)
  case noRows(String)

  init(_ read: () throws -> TableSnapshot) {
    do {
      self = .table(try read())
    } catch let error as CSVError {
      switch error.code {
      case .raggedRow:
        // What is advised after it depends on the rows around.
        let found = error.description.prefix { $0 != "(" }
        self = .ragged(String(found), line: error.line, byteOffset: error.byteOffset)
      case .noRows: self = .noRows(error.file)
      default: self = .failure(error)
      }
    } catch {
      self = .noRows("\(error)")
    }
  }
}

/// Tables by the scanner and the exact number parser alone: no kernels, no pieces, no threads.
struct ReferenceTable {
  private let requests: [ColumnRequest]
  private let options: CSVOptions
  private var texts: [[ByteString]]
  private var lines: [[Int]]
  private var files: [String] = []
  private var rowCount = 0

  private init(_ requests: [ColumnRequest], _ options: CSVOptions) {
    self.requests = requests
    self.options = options
    texts = requests.map { _ in [] }
    lines = texts.map { _ in [] }
  }

  /// Reads inputs that have as many columns as there are requests.
  static func read(
    _ inputs: [TableInput], _ requests: [ColumnRequest], options: CSVOptions
  ) -> Reading {
    var table = ReferenceTable(requests, options)
    do throws(CSVError) {
      for input in inputs {
        if let failure = try table.append(input) { return failure }
      }
    } catch {
      return .failure(error)
    }
    let columns = requests.indices.filter { requests[$0] != .skip }.map { table.column($0) }
    return .table(TableSnapshot(rowCount: table.rowCount, columns: columns))
  }

  private mutating func append(_ input: TableInput) throws(CSVError) -> Reading? {
    var scanner = try CSVScanner.opening(input, options: options)
    var header: [String]?
    var rows = 0
    while true {
      switch try scanner.scan() {
      case .starved: try scanner.refill()
      case .end:
        rowCount += rows
        return rows > 0 ? nil : .noRows(input.name)
      case .record:
        let record = scanner.record
        guard header != nil else {
          let names = (0..<record.count).map { record.text(at: $0).description }
          header = names
          scanner.columnNames = names
          scanner.cellLimit = names.count
          continue
        }
        guard record.count == requests.count else {
          return .ragged(
            "\(input.name):\(record.line): row has \(record.count) "
              + "cell\(record.count == 1 ? "" : "s"), \(requests.count) expected ",
            line: record.line, byteOffset: record.byteOffset)
        }
        for index in requests.indices {
          texts[index].append(record.text(at: index))
          lines[index].append(record.line(ofCell: index))
        }
        files.append(input.name)
        rows += 1
      }
    }
  }

  private func column(_ index: Int) -> TableSnapshot.Column {
    let isMissing = texts[index].map { $0.bytes.isEmpty || options.missingValues.contains($0) }
    var numbers = texts[index].map { NumberParser.parseExactly($0.bytes) }
    let times = texts[index].map { text in
      text.bytes.withUnsafeBufferPointer { ISO8601.parse($0)?.seconds }
    }
    let rows = texts[index].indices
    let missing = rows.count { isMissing[$0] }
    let present = rows.filter { !isMissing[$0] }
    func isMost(_ values: [Double?]) -> Bool {
      100 * present.count { values[$0] != nil } >= 95 * present.count
    }
    let isAutomatic = requests[index] == .automatic
    let isTime = requests[index] == .time || isAutomatic && !present.isEmpty && isMost(times)
    if isTime { numbers = times }
    let others = present.filter { numbers[$0] == nil }
    if requests[index] == .text || isAutomatic && !isTime && !isMost(numbers) {
      let levels = rows.filter { !isMissing[$0] }.map { (texts[index][$0], 1) }
      return .text(Dictionary(levels, uniquingKeysWith: +), missing: missing)
    }
    let bits = rows.map {
      (isMissing[$0] ? Double.nan : numbers[$0] ?? Double.nan).bitPattern
    }
    let examples = others.prefix(NumberColumn.maximumExamples).map {
      NumberColumn.Unparseable(
        file: files[$0], line: lines[index][$0],
        text: ByteString(
          Array(texts[index][$0].bytes.prefix(NumberColumn.maximumExampleBytes))))
    }
    return .numbers(bits, missing: missing, unparseable: others.count, Array(examples))
  }
}

extension InstructionSet {
  /// Those that this processor has.
  static var available: [InstructionSet] {
    (0...InstructionSet.best.rawValue).compactMap { InstructionSet(rawValue: $0) }
  }
}
