/// Some texts of cells, each with how often it came and where first. Of many different ones the first
/// are kept.
package struct CellTexts: Sendable, Hashable {
  /// A text of cells.
  package struct Text: Sendable, Hashable {
    /// The input of the first of them, as the user named it.
    package let file: String
    /// Its physical line, from 1.
    package internal(set) var line: Int
    /// The text; of a long one the beginning.
    package let text: ByteString
    /// How many cells there are.
    package internal(set) var count: Int

    /// A text, where it came first, and how often.
    package init(file: String, line: Int, text: ByteString, count: Int) {
      self.file = file
      self.line = line
      self.text = text
      self.count = count
    }
  }

  /// How many bytes of a text are kept.
  package static let maximumBytes = 40

  /// How many texts of each column are kept of a table with so many of them.
  static func limit(columns: Int) -> Int { max(8, min(256, (1 << 16) / max(1, columns))) }

  /// The texts, in the order in which they came first.
  package private(set) var texts: [Text] = []
  private var places: [ByteString: Int] = [:]

  /// No texts.
  package init() {}

  /// The most frequent texts; of equally frequent ones those that came first.
  package func mostFrequent(_ count: Int) -> [Text] {
    let order = texts.indices.sorted {
      texts[$0].count != texts[$1].count ? texts[$0].count > texts[$1].count : $0 < $1
    }
    return order.prefix(count).map { texts[$0] }
  }

  /// Counts a cell.
  mutating func add(
    _ text: UnsafeBufferPointer<UInt8>, limit: Int, file: String, line: () -> Int
  ) {
    let key = ByteString(Array(Self.beginning(text)))
    if let place = places[key] {
      texts[place].count += 1
    } else if texts.count < limit {
      append(Text(file: file, line: line(), text: key, count: 1))
    }
  }

  /// Adds the texts of the rows that follow, whose lines count from so many on.
  mutating func add(_ other: CellTexts, linesBefore: Int, limit: Int) {
    for var text in other.texts {
      if let place = places[text.text] {
        texts[place].count += text.count
      } else if texts.count < limit {
        text.line += linesBefore
        append(text)
      }
    }
  }

  private mutating func append(_ text: Text) {
    places[text.text] = texts.count
    texts.append(text)
  }

  /// As much of a text as is kept: whole characters, as far as it has any.
  private static func beginning(_ text: UnsafeBufferPointer<UInt8>) -> Slice<
    UnsafeBufferPointer<UInt8>
  > {
    guard text.count > maximumBytes else { return text[...] }
    var end = maximumBytes
    while end > maximumBytes - 4, text[end] & 0xC0 == 0x80 { end -= 1 }
    return text[..<(text[end] & 0xC0 == 0x80 ? maximumBytes : end)]
  }
}
