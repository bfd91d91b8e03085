internal import DriftDetection
internal import DriftReport
internal import Synchronization
internal import Tabular

/// What the reading of tables has shown, and a check does not see.
final class InputRemarks: Sendable {
  /// What the texts of a column look like.
  private struct Hint {
    let column: String
    let words: String
    /// Whether the column was taken for text because of it, and nobody had said so.
    let decides: Bool

    var sentence: String { "\(column): \(words)" }
  }

  private struct State {
    /// The files of each side.
    var inputs: [Report.Input.Side: [Report.Input]] = [:]
    /// Where a side is not UTF-8.
    var invalid: [Report.Input.Side: InvalidText] = [:]
    /// One for each column.
    var hints: [Hint] = []
    var notes: [String] = []
  }

  private let state = Mutex(State())

  /// Takes what was counted of a table.
  ///
  /// - Parameters:
  ///   - counts: What was counted.
  ///   - schema: The table.
  ///   - side: Where it belongs.
  ///   - levels: Hands out the texts of a column, by its place in the table.
  func take(
    _ counts: TableCounts, _ schema: TableSchema, _ side: Report.Input.Side,
    levels: (Int, (UnsafeBufferPointer<UInt8>, Int) -> Void) -> Void
  ) {
    var found: [Hint] = []
    for (place, column) in counts.columns.enumerated() {
      var hint = AmountHint()
      if column.isText {
        var count = 0
        levels(place) { _, _ in count += 1 }
        // Of very many some are looked at, always the same.
        let mask = UInt32(clamping: (count / AmountHint.mostTexts).nextPowerOfTwo - 1)
        levels(place) { text, rows in
          if mask == 0 || AmountHint.hash(text) & mask == 0 { hint.add(text, count: rows) }
        }
      } else {
        for example in column.examples { hint.add(example.text) }
      }
      if let words = hint.words {
        found.append(
          Hint(column: column.name, words: words, decides: column.isText && column.kinds != nil))
      }
    }
    state.withLock { state in
      let inputs = counts.inputs.map {
        Report.Input(
          side: side, file: $0.file, format: schema.format == .csv ? "csv" : schema.format.name,
          delimiter: $0.delimiter.map { String(decoding: [$0], as: UTF8.self) }, rows: $0.rowCount)
      }
      state.inputs[side, default: []] += inputs
      if let invalid = counts.invalidText, state.invalid[side] == nil {
        state.invalid[side] = invalid
      }
      for hint in found where !state.hints.contains(where: { $0.column == hint.column }) {
        state.hints.append(hint)
      }
      if schema.hasNames, let note = Self.headerNote(schema.columnNames, counts.inputs.first?.file),
        !state.notes.contains(note)
      {
        state.notes.append(note)
      }
    }
  }

  /// Begins with the first side anew: its columns are read again, as something else.
  func restart() { state.withLock { $0 = State() } }

  /// Notes a profile.
  func take(profile file: String, rows: Int, _ side: Report.Input.Side) {
    state.withLock {
      $0.inputs[side, default: []].append(
        Report.Input(side: side, file: file, format: "profile", delimiter: nil, rows: rows))
    }
  }

  /// A first line that has only numbers.
  private static func headerNote(_ names: [String], _ file: String?) -> String? {
    guard let file, UnnamedHeader.isLikely(names) else { return nil }
    let line = names.prefix(8).joined(separator: ",") + (names.count > 8 ? ",..." : "")
    return
      "\(file): the first line has only numbers (\(Excerpt.escaped(line))), which are taken as "
      + "names: is the header missing?"
  }

  /// The files that were read.
  var inputs: [Report.Input] {
    state.withLock { state in
      Report.Input.Side.allCases.flatMap { state.inputs[$0] ?? [] }
    }
  }

  /// Adds to a result what it does not know.
  func add(to result: inout DriftResult, decides: Bool) {
    state.withLock { state in
      for side in Report.Input.Side.allCases {
        guard let invalid = state.invalid[side] else { continue }
        let words = Self.words(invalid)
        if decides, let finding = Finding.encoding(words) {
          result.add(finding)
        } else {
          result.add(note: words)
        }
      }
      for note in state.notes { result.add(note: note) }
      for hint in state.hints {
        let words = hint.sentence
        // Amounts that are compared as texts, if at all, would drift unseen.
        let gates = result[hint.column]?.gates ?? true
        if decides, gates, hint.decides, let finding = Finding.amounts(words) {
          result.add(finding)
        } else {
          result.add(note: words)
        }
      }
    }
  }

  /// What a table that is not UTF-8 is told by; nil when all is.
  var encodingWarnings: [String] {
    state.withLock { state in
      Report.Input.Side.allCases.compactMap { state.invalid[$0].map(Self.words) }
    }
  }

  /// All of it in words.
  var all: [String] {
    encodingWarnings + state.withLock { $0.notes + $0.hints.map(\.sentence) }
  }

  private static func words(_ invalid: InvalidText) -> String {
    let byte = String(invalid.byte, radix: 16, uppercase: true)
    return
      "\(Excerpt.escaped(invalid.file)):\(invalid.line): not UTF-8, the first byte that is none is "
      + "0x\(byte); give --encoding, as in --encoding windows-1252, or save the file as UTF-8"
  }
}

extension Int {
  /// The smallest power of two that is greater; 1 for 0.
  fileprivate var nextPowerOfTwo: Int { 1 << (Int.bitWidth - leadingZeroBitCount) }
}
