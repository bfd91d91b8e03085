import DriftTestSupport
import Foundation

/// One way to write a table to files.
struct OddWriting {
  /// What may be wrong or unusual in a file that its owner takes for a good one.
  enum Oddity: CaseIterable {
    case none, textCell, unitsRow, headerAgain, missingWord, ownMissingWord, blanks, unnamedIndex
    case trailingDelimiter, comments, byteOrderMark, separatorLine, blankLines, infinities
  }

  /// How numbers are written.
  enum Numbers: CaseIterable {
    case plain, allDigits, singlePrecision, exponents, plusSigns, decimalComma, thousands
  }

  let oddity: Oddity
  let numbers: Numbers
  let delimiter: String
  let lineEnd: String
  let isQuoted: Bool
  let isShuffled: Bool
  let reversesColumns: Bool
  let parts: Int
  let missingWord: String

  /// The words that a file has for missing.
  static let missingWords = [
    "", "NA", "N/A", "n/a", "NaN", "nan", "NAN", "-NaN", "-nan", "null", "NULL", "Null", "None",
    "<NA>",
    "#N/A", "#NA", "NaT", "\\N", "(null)",
  ]

  /// A way from a seed: any mixture that can be read without doubt.
  init(_ source: inout SplitMix64, dialect: Numbers) {
    oddity = Oddity.allCases.randomElement(using: &source) ?? .none
    // The decimal point holds for both sides, as one flag says so; everything else a file has of its own.
    let declared = [Numbers.decimalComma, .thousands].contains(dialect)
    numbers = declared ? dialect : Self.sameNumbers.randomElement(using: &source) ?? .plain
    delimiter = [",", ";", "\t", "|"].randomElement(using: &source) ?? ","
    lineEnd = Bool.random(using: &source) ? "\n" : "\r\n"
    isQuoted = delimiter == "," && declared || Int.random(in: 0..<4, using: &source) == 0
    isShuffled = Bool.random(using: &source)
    reversesColumns = Bool.random(using: &source)
    parts = Int.random(in: 0..<5, using: &source) == 0 ? 2 : 1
    missingWord = Self.missingWords.randomElement(using: &source) ?? ""
  }

  /// Ways to write the same numbers.
  private static let sameNumbers: [Numbers] = [
    .plain, .allDigits, .singlePrecision, .exponents, .plusSigns,
  ]

  /// The flags that say what no program can find by itself.
  static func flags(_ dialect: Numbers, _ sides: [OddWriting]) -> [String] {
    var flags: [String] = []
    if dialect == .decimalComma { flags += ["--decimal", "comma"] }
    if dialect == .thousands { flags += ["--thousands", "comma"] }
    if sides.contains(where: { $0.oddity == .ownMissingWord }) {
      flags += ["--missing-values", "+?"]
    }
    if sides.contains(where: { $0.oddity == .comments }) { flags += ["--comment", "#"] }
    return flags
  }

  /// Writes a table; the paths of its files.
  func write(_ table: OddTable, to name: String, in folder: ScratchFolder, seed: UInt64) throws
    -> [String]
  {
    var source = SplitMix64(seed: seed)
    var order = Array(table.rows.indices)
    if isShuffled { order.shuffle(using: &source) }
    var columns = Array(table.names.indices)
    if reversesColumns { columns.reverse() }
    // A cell that is none of its kind, or missing, comes in few rows.
    let oddRows = Set(order.shuffled(using: &source).prefix(max(1, order.count / 40)))
    let header = line(columns.map { table.names[$0] }, index: "", trails: true)
    return try (0..<parts).map { part in
      var lines = opening(header)
      let rows = order[order.count * part / parts..<order.count * (part + 1) / parts]
      if oddity == .unitsRow, part == 0 {
        lines.append(line(columns.map { _ in "unit" }, index: ""))
      }
      for (place, row) in rows.enumerated() {
        if oddity == .headerAgain, place == rows.count / 2 { lines.append(header) }
        if oddity == .comments, place % 100 == 50 { lines.append("# page \(place / 100)") }
        if oddity == .blankLines, place == rows.count - 1 { lines.append("") }
        lines.append(
          line(
            columns.map { column in
              text(table.rows[row][column], isOdd: column == 0 && oddRows.contains(row))
            }, index: "\(row)"))
      }
      let file = "\(name)-\(part).csv"
      let mark = oddity == .byteOrderMark ? "\u{FEFF}" : ""
      try folder.write(mark + lines.joined(separator: lineEnd) + lineEnd, to: file)
      return file
    }
  }

  private func opening(_ header: String) -> [String] {
    switch oddity {
    case .separatorLine: return ["sep=\(delimiter)", header]
    case .comments: return ["# written by an export", header]
    default: return [header]
    }
  }

  private func line(_ cells: [String], index: String, trails: Bool = false) -> String {
    var cells = cells.map { isQuoted ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }
    if oddity == .unnamedIndex { cells.insert(index, at: 0) }
    if oddity == .trailingDelimiter { cells.append("") }
    return cells.joined(separator: oddity == .blanks && !isQuoted ? " \(delimiter) " : delimiter)
  }

  private func text(_ cell: OddTable.Cell, isOdd: Bool) -> String {
    if isOdd {
      switch oddity {
      case .textCell: return "see note"
      case .missingWord: return missingWord
      case .ownMissingWord: return "?"
      case .infinities: if case .number = cell { return "inf" }
      default: break
      }
    }
    switch cell {
    case .text(let text): return text
    case .number(let value, let digits): return number(value, digits)
    }
  }

  private func number(_ value: Double, _ digits: Int) -> String {
    let plain = String(format: "%.\(digits)f", value)
    switch numbers {
    case .plain: return plain
    case .allDigits: return String(format: "%.17g", value)
    case .singlePrecision: return String(format: "%.9g", Double(Float(value)))
    case .exponents: return String(format: "%.15e", value)
    case .plusSigns: return value >= 0 ? "+" + plain : plain
    case .decimalComma: return plain.replacing(".", with: ",")
    case .thousands:
      let parts = plain.split(separator: ".")
      var whole = ""
      for (place, digit) in parts[0].reversed().enumerated() {
        if place > 0, place % 3 == 0, digit != "-" { whole.insert(",", at: whole.startIndex) }
        whole.insert(digit, at: whole.startIndex)
      }
      return whole + (parts.count > 1 ? "." + parts[1] : "")
    }
  }
}
