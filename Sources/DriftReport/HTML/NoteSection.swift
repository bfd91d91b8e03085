/// What else is worth knowing.
struct NoteSection {
  private let notes: [String]

  /// More notes than this are folded away.
  private static let mostOpen = 10

  init(_ notes: [String]) { self.notes = notes }

  func write(to w: inout HTMLWriter) {
    guard !notes.isEmpty else { return }
    w.element("section", ["aria-labelledby": "notes-title"]) { w in
      w.raw("<h2 id=\"notes-title\">Notes</h2>\n")
      Self.list(notes.prefix(Self.mostOpen), to: &w)
      let rest = notes.prefix(PageFeature.most).dropFirst(Self.mostOpen)
      guard !rest.isEmpty else { return }
      w.element("details", ["class": "plain"]) { w in
        w.element(
          "summary", ShownNumber.counted(notes.count - Self.mostOpen, "more note", "more notes"))
        Self.list(rest, to: &w)
        let hidden = notes.count - PageFeature.most
        if hidden > 0 {
          w.element("p", "\(ShownNumber.grouped(hidden)) more are in the JSON report.")
        }
      }
    }
    w.newline()
  }

  private static func list(_ notes: ArraySlice<String>, to w: inout HTMLWriter) {
    w.element("ul") { w in
      for note in notes { w.element("li", PlainText.cut(note, to: 1_000)) }
    }
    w.newline()
  }
}
