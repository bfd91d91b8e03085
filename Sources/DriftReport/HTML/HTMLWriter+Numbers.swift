extension HTMLWriter {
  /// A number with the exact one behind it; a dash where there is none.
  mutating func number(_ element: StaticString, _ number: ShownNumber?) {
    self.element(element, ["title": number?.exact], number?.text ?? Self.none)
  }

  /// A row of a table of facts: a label and values.
  mutating func row(_ label: String, _ numbers: [ShownNumber?]) {
    element("tr") { w in
      w.element("th", ["scope": "row"], label)
      for number in numbers { w.number("td", number) }
    }
  }

  /// What stands where there is nothing.
  static let none = "–"

  /// A name from data, kept apart from the direction of the text around it.
  mutating func name(_ name: String, atMost width: Int = 120) {
    element("bdi", PlainText.cut(name, to: width))
  }

  /// Names from data between commas.
  mutating func names(_ names: some Sequence<String>) {
    for (index, name) in names.enumerated() {
      if index > 0 { raw(", ") }
      self.name(name)
    }
  }
}
