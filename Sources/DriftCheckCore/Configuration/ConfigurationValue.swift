extension ConfigurationScalar {
  /// The text, where text is expected: a number is taken as it is written.
  var text: String? {
    switch self {
    case .text(let text), .number(let text): text
    case .null, .boolean: nil
    }
  }
}

extension Flag {
  /// The text that the flag's action takes; nil when the value is of another type.
  func text(of scalar: ConfigurationScalar) -> String? {
    switch (valueType, scalar) {
    case (.text, .boolean(let isOn)) where values == ["on", "off"]: isOn ? "on" : "off"
    case (.text, _): scalar.text
    case (_, .number(let text)): text
    default: nil
    }
  }

  /// What a value in a file must be, to follow "expected".
  var expected: String {
    switch valueType {
    case .text where !values.isEmpty:
      "one of " + values.map { "'\($0)'" }.joined(separator: ", ")
    case .text: "text"
    case .number(let range): range.expected
    case .integer(let range): ValueParser.expected(range)
    case .unsigned: ValueParser.expectedSeed
    }
  }
}

extension OverrideKey {
  /// The text that `set` takes; nil when the value is of another type.
  func text(of node: ConfigurationNode) -> String? {
    switch (value, node.value) {
    case (.words, .scalar(.text(let text))): return text
    case (.number, .scalar(.number(let text))), (.integer, .scalar(.number(let text))): return text
    case (.boolean, .scalar(.boolean(let isOn))): return isOn ? "true" : "false"
    case (.edges, .sequence(let items)):
      var texts: [String] = []
      for item in items {
        guard case .scalar(.number(let text)) = item.value else { return nil }
        texts.append(text)
      }
      return texts.joined(separator: ",")
    default: return nil
    }
  }

  /// What a value must be, to follow "expected".
  var expected: String {
    switch value {
    case .words(let words): "one of " + words.map { "'\($0)'" }.joined(separator: ", ")
    case .number(let range): range.expected
    case .integer(let range): ValueParser.expected(range)
    case .boolean: "true or false"
    case .edges: "a list of ascending numbers, such as '[0, 18, 65]'"
    }
  }
}
