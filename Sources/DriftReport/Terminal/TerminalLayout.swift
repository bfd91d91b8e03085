/// Puts text into lines of so many columns.
package enum TerminalLayout {
  /// A text with its middle left out, in at most so many columns: names often differ at the end.
  package static func shortened(_ text: String, to width: Int, ellipsis: String) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    let room = width - DisplayWidth.of(ellipsis)
    guard room > 0 else { return beginning(of: text, width).text }
    let head = beginning(of: text, (room + 1) / 2)
    var tail: [Character] = []
    var rest = room - head.width
    for character in text.reversed() {
      rest -= DisplayWidth.of(character)
      guard rest >= 0 else { break }
      tail.append(character)
    }
    return head.text + ellipsis + String(tail.reversed())
  }

  /// The words of a text, with those in one that no line end may part, where they fit in a line.
  private static func glued(_ text: String, room: Int) -> [String] {
    var words: [String] = []
    var joinsNext = false
    for piece in text.split(separator: " ") {
      let isSign = ["<", ">=", "="].contains(piece)
      let isUnit = piece.first == "%"
      let parts = piece.split(separator: "\u{A0}")
      if parts.isEmpty { continue }
      let whole = parts.joined(separator: " ")
      if joinsNext || isSign || isUnit, let last = words.last,
        DisplayWidth.of(last) + 1 + DisplayWidth.of(whole) <= room
      {
        words[words.count - 1] = "\(last) \(whole)"
      } else if parts.count == 1 || DisplayWidth.of(whole) <= room {
        words.append(whole)
      } else {
        words += parts.map(String.init)
      }
      joinsNext = isSign
    }
    return words
  }

  /// As much of a text's beginning as fits.
  private static func beginning(of text: String, _ width: Int) -> (text: String, width: Int) {
    var result = ""
    var used = 0
    for character in text {
      let more = DisplayWidth.of(character)
      guard used + more <= width else { break }
      result.append(character)
      used += more
    }
    return (result, used)
  }

  /// A text in lines of at most `width` columns, broken at spaces and, where a word is longer than a
  /// line, anywhere. A number stays with its unit, and both sides of a comparison together, as do
  /// words with a no-break space between them, which is shown as a space.
  ///
  /// - Parameters:
  ///   - text: Words between single spaces; no control characters.
  ///   - width: The columns of a line, at least 4.
  ///   - first: What the first line begins with.
  ///   - indent: How many spaces the others begin with.
  /// - Returns: The lines, one at least.
  package static func wrapped(_ text: String, width: Int, first: String = "", indent: Int = 0)
    -> [String]
  {
    let margin = String(repeating: " ", count: min(indent, width / 2))
    var lines: [String] = []
    var line = first
    var used = DisplayWidth.of(first)
    var isEmpty = true
    for word in glued(text, room: width - margin.utf8.count) {
      var word = word
      var columns = DisplayWidth.of(word)
      if used + (isEmpty ? 0 : 1) + columns > width, !isEmpty {
        lines.append(line)
        (line, used, isEmpty) = (margin, margin.utf8.count, true)
      }
      while used + columns > width, isEmpty {
        let part = beginning(of: word, width - used)
        // No room at all behind what the line begins with.
        guard !part.text.isEmpty || used > margin.utf8.count else { break }
        lines.append(line + part.text)
        word.removeFirst(part.text.count)
        columns -= part.width
        (line, used) = (margin, margin.utf8.count)
      }
      if word.isEmpty { continue }
      line += (isEmpty ? "" : " ") + word
      used += (isEmpty ? 0 : 1) + columns
      isEmpty = false
    }
    if !isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }
}
