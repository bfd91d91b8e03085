/// Text from data that may be of any length, as reports show it.
package enum LongText {
  /// The most bytes of a level in a report.
  package static let longestLevel = 200
  /// The most bytes of a level in a sentence.
  package static let longestInSentence = 60

  /// A text of at most so many bytes as it is, a longer one by its beginning and its length, such as
  /// `abcdef... (12,345 bytes)`.
  package static func cut(_ text: String, to most: Int) -> String {
    let count = text.utf8.count
    guard count > most else { return text }
    // A whole number of characters, as far as a few bytes may be one.
    var end = text.startIndex
    var used = 0
    while end < text.endIndex {
      let next = text.unicodeScalars.index(after: end)
      used += text.utf8.distance(from: end, to: next)
      guard used <= most * 2 / 3 else { break }
      end = next
    }
    return "\(text[..<end])... (\(NumberText.grouped(count)) bytes)"
  }
}
