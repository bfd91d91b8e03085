import Foundation
import Tabular
import Testing

/// SplitMix64: small, seeded, the same numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// One record as the scanner gave it.
struct ScannedRow: Hashable, CustomStringConvertible {
  var line: Int
  var cells: [ByteString]

  var description: String {
    "\(line): " + cells.map { String(reflecting: $0.description) }.joined(separator: " | ")
  }
}

/// All records of a text, headers and rows alike, and the error that ended them.
func scan(
  _ bytes: [UInt8], options: CSVOptions = CSVOptions()
) -> (rows: [ScannedRow], error: CSVError?) {
  var rows: [ScannedRow] = []
  do throws(CSVError) {
    var scanner = try CSVScanner.opening(.bytes(bytes, name: "test.csv"), options: options)
    while true {
      switch try scanner.scan() {
      case .end: return (rows, nil)
      case .starved: try scanner.refill()
      case .record:
        let record = scanner.record
        let cells = (0..<record.count).map { record.text(at: $0) }
        rows.append(ScannedRow(line: record.line, cells: cells))
      }
    }
  } catch {
    return (rows, error)
  }
}

/// Reads a text as `test.csv`, all columns by the same request.
func read(
  _ text: String, _ request: ColumnRequest = .automatic, options: CSVOptions = CSVOptions()
) throws -> Table {
  try read([Array(text.utf8)], request, options: options)
}

/// Reads texts as the partitions `test.csv`, `test2.csv` and so on.
func read(
  _ texts: [[UInt8]], _ request: ColumnRequest = .automatic, options: CSVOptions = CSVOptions()
) throws -> Table {
  let inputs = texts.enumerated().map { index, bytes in
    TableInput.bytes(bytes, name: index == 0 ? "test.csv" : "test\(index + 1).csv")
  }
  return try TableReader(options: options).read(inputs, plan: all(request))
}

/// The same request for every column.
func all(_ request: ColumnRequest) -> ([String]) -> [ColumnRequest] {
  { names in names.map { _ in request } }
}

func options(chunk: Int = 1 << 20, delimiter: Character = ",") -> CSVOptions {
  var options = CSVOptions()
  options.chunkSize = chunk
  options.delimiter = delimiter.asciiValue ?? 0
  return options
}

extension Table {
  /// The numbers of a column; nil when it is text or not there.
  func numbers(_ name: String) -> NumberColumn? {
    guard case .numbers(let column)? = columns.first(where: { $0.name == name })?.cells else {
      return nil
    }
    return column
  }

  /// The levels of a column; nil when it is numeric or not there.
  func levels(_ name: String) -> LevelTally? {
    guard case .text(let tally)? = columns.first(where: { $0.name == name })?.cells else {
      return nil
    }
    return tally
  }
}

extension LevelTally {
  /// `text x count` for each level, in order.
  var summary: [String] {
    sortedLevels().map { "\($0.level) x \($0.count)" }
  }
}

extension NumberColumn {
  /// Values for comparison: equal bits, all NaN alike.
  var bits: [UInt64] {
    values.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
  }
}

/// A folder of its own that is removed at the end.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "tabular-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file and gives its path.
  func write(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }
}
