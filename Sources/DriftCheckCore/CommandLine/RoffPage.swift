/// A manual page on its way to roff, with the macros of man(7).
struct RoffPage {
  /// What there is of it.
  private(set) var text = ""

  /// The heading of the page. It has no date, so that a version always gives the same bytes.
  mutating func title(_ name: String, section: String, source: String) {
    text +=
      ".TH \(Self.escaped(name)) \(section) \"\" \"\(Self.escaped(source))\" \"User Commands\"\n"
    text += ".\\\" A flag that is cut in two could not be copied.\n.nh\n.ad l\n"
  }

  /// A heading.
  mutating func section(_ title: String) { text += ".SH \(Self.escaped(title))\n" }

  /// A heading below a heading.
  mutating func subsection(_ title: String) { text += ".SS \(Self.escaped(title))\n" }

  /// A paragraph.
  mutating func paragraph(_ words: String) { text += ".PP\n\(Self.line(words))\n" }

  /// A usage line.
  mutating func usage(_ words: String) {
    text += ".PP\n\(Self.marked(words))\n"
  }

  /// A term and what it means.
  mutating func item(_ term: String, _ meaning: String) {
    text += ".TP\n\\fB\(Self.escaped(term))\\fR\n\(Self.line(meaning))\n"
  }

  /// A flag and its help.
  mutating func item(_ flag: Flag) {
    text += ".TP\n\(Self.marked(flag.helpLabel))\n\(Self.line(flag.helpText))\n"
  }

  /// A command that is shown as it is typed.
  mutating func example(_ purpose: String, _ command: String) {
    paragraph(purpose)
    text += ".PP\n.RS 4\n.nf\n"
    for line in command.split(separator: "\n") { text += Self.line(String(line)) + "\n" }
    text += ".fi\n.RE\n"
  }

  /// Words of a command line: what stands for something else in italics without its angle brackets,
  /// all others in bold.
  private static func marked(_ words: String) -> String {
    words.split(separator: " ").map { word in
      if word == "..." { return "..." }
      let bare = escaped(word.filter { !"<>[]".contains($0) })
      let isPlaceholder = word.contains("<") || word == "[options]"
      let shown = "\\f\(isPlaceholder ? "I" : "B")\(bare)\\fR"
      return word.hasPrefix("[") ? "[\(shown)]" : shown
    }.joined(separator: " ")
  }

  /// A line of text, which must not look like a request.
  private static func line(_ text: String) -> String {
    // A list that is longer than a line may be broken after its commas.
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      word.count > 60 ? escaped(String(word)).replacing(",", with: ",\\:") : escaped(String(word))
    }
    let shown = words.joined(separator: " ")
    return (shown.hasPrefix(".") ? "\\&" : "") + shown
  }

  /// Text without characters that roff takes for something else: a plain "-" may be a hyphen,
  /// a plain "'" a right quote.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "\"": result += "\\(dq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      default: result.append(character)
      }
    }
    return result
  }
}
