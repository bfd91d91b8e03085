/// Text in lines of limited width. Widths are counted in characters; the help is plain ASCII.
struct HelpLayout {
  /// Where the right column starts.
  static let helpColumn = 26
  /// The columns of a line.
  let width: Int

  /// A heading and its rows, with an empty line before.
  func section(_ title: String, _ rows: [(label: String, text: String)]) -> String {
    "\n\(title):\n" + rows.map { row($0.label, $0.text) }.joined()
  }

  /// `text` over as many lines as it needs.
  func paragraph(_ text: String) -> String {
    wrap(text, width).map { $0 + "\n" }.joined()
  }

  private func row(_ label: String, _ text: String) -> String {
    let indent = String(repeating: " ", count: Self.helpColumn)
    let lines = wrap(text, width - Self.helpColumn)
    let head = "  " + label
    let below = lines.map { indent + $0 + "\n" }.joined()
    // A label that reaches the right column gets a line of its own.
    if head.count >= Self.helpColumn { return head + "\n" + below }
    return head + below.dropFirst(head.count)
  }

  /// A word, or what is between the commas of one that is too long for a line.
  private func pieces(of word: Substring, _ width: Int) -> [Substring] {
    guard word.count > width, let comma = word.prefix(width).lastIndex(of: ",") else {
      return [word]
    }
    let next = word.index(after: comma)
    return [word[..<next]] + pieces(of: word[next...], width)
  }

  private func wrap(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ").flatMap({ pieces(of: $0, width) }) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return lines + [line]
  }
}
