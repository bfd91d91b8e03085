private let quote = UInt8(ascii: "\"")
private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

/// How many cells a record has with some delimiter.
struct RecordShape: Sendable, Hashable {
  var cells = 1
  /// Cells without text.
  var empty = 0
  /// Some cell has text behind its closing quote: whoever reads it refuses it.
  var isMalformed = false
  /// The physical line it begins on.
  var line: Int
  /// Where its bytes are, without the line break.
  var bytes: Range<Int>

  /// The records at the front of a text that are complete; of a text without a complete one, what there
  /// is of the first.
  ///
  /// It is the grammar of `CSVScanner`, where text that this refuses is taken as it comes.
  ///
  /// - Parameters:
  ///   - text: Bytes from the beginning of a line on.
  ///   - isAll: Nothing follows them.
  ///   - dialect: The delimiter, and the byte of comments. `firstLine` is that of the text.
  /// - Returns: The records, without empty lines and comments.
  static func records(
    in text: [UInt8], isAll: Bool, _ dialect: TextDialect
  ) -> [RecordShape] {
    text.withUnsafeBufferPointer { text in
      var scan = ShapeScan(text: text, delimiter: dialect.delimiter, line: dialect.firstLine)
      var records: [RecordShape] = []
      while let record = scan.next(comment: dialect.comment) {
        guard scan.isComplete || isAll || records.isEmpty else { break }
        records.append(record)
      }
      return records
    }
  }
}

/// The scan of a text for its records.
private struct ShapeScan {
  let text: UnsafeBufferPointer<UInt8>
  let delimiter: UInt8
  var line: Int
  private var next = 0
  /// A line break ended the last record.
  private(set) var isComplete = true

  init(text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, line: Int) {
    self.text = text
    self.delimiter = delimiter
    self.line = line
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    (byte == 0x20 || byte == 0x09) && byte != delimiter
  }

  /// Goes on to the next record.
  mutating func next(comment: UInt8?) -> RecordShape? {
    while next < text.count {
      if let comment, text[next] == comment {
        while next < text.count, text[next] != lineFeed, text[next] != carriageReturn { next += 1 }
      }
      let begin = next
      while next < text.count, isBlank(text[next]) { next += 1 }
      guard next < text.count else { return nil }
      if text[next] != lineFeed && text[next] != carriageReturn { return record(from: begin) }
      endLine()
    }
    return nil
  }

  /// Takes a line break.
  private mutating func endLine() {
    let isPair =
      text[next] == carriageReturn && next + 1 < text.count && text[next + 1] == lineFeed
    next += isPair ? 2 : 1
    line += 1
  }

  private mutating func record(from begin: Int) -> RecordShape {
    var record = RecordShape(line: line, bytes: begin..<begin)
    isComplete = false
    while true {
      while next < text.count, isBlank(text[next]) { next += 1 }
      let cell = next
      let isQuoted = next < text.count && text[next] == quote
      if isQuoted { skipQuoted() }
      while next < text.count, text[next] != delimiter, text[next] != lineFeed,
        text[next] != carriageReturn
      {
        if isQuoted, !isBlank(text[next]) { record.isMalformed = true }
        next += 1
      }
      if next == cell || (next == cell + 2 && text[cell] == quote) { record.empty += 1 }
      guard next < text.count, text[next] == delimiter else { break }
      record.cells += 1
      next += 1
    }
    record.bytes = begin..<next
    if next < text.count {
      isComplete = true
      endLine()
    }
    return record
  }

  /// Goes behind the closing quote.
  private mutating func skipQuoted() {
    next += 1
    while next < text.count {
      if text[next] == quote {
        guard next + 1 < text.count, text[next + 1] == quote else {
          next += 1
          return
        }
        next += 2
      } else if text[next] == lineFeed || text[next] == carriageReturn {
        endLine()
      } else {
        next += 1
      }
    }
  }
}
