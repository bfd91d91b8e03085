internal import DriftReport

/// What libyaml found wrong, in the words of this program.
struct YAMLMistake {
  /// The text that it is in.
  let text: ConfigurationText
  /// What libyaml says of it.
  let problem: String
  /// What libyaml was about; empty when it does not say.
  let context: String
  /// Where it is.
  let place: TextPlace
  /// Where that began which libyaml was about.
  let start: TextPlace

  /// The mistake with its place, which is that of the character to change where that is known.
  var described: ConfigurationError.Problem {
    let isAtStart = Self.startProblems.contains(problem)
    return .init(.syntax, at: isAtStart ? start : place, "not YAML: \(message)")
  }

  /// The problems that libyaml finds long after what is wrong.
  private static let startProblems: Set = [
    "could not find expected ':'", "found unexpected end of stream",
    "did not find expected alphabetic or numeric character",
  ]

  private var message: String {
    switch problem {
    case "could not find expected ':'":
      "found '\(word(at: start))' without ': ' after it, expected 'key: value'; add what is missing"
    case "found character that cannot start any token",
      "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      text.rest(from: place).first == "\t"
        ? "found a tab, expected spaces; indent with spaces"
        : "found '\(character)', which begins no value; put the value in quotes"
    case "mapping values are not allowed in this context":
      "found ':' in a value, expected one 'key: value' on a line; put the value in quotes, or "
        + "check the indentation"
    case "block sequence entries are not allowed in this context":
      "found a list after 'key:', expected it on lines of its own; or write '[a, b]'"
    case "did not find expected ',' or ']'":
      "found \(found), expected ',' or ']' in the list that begins in \(startInWords); close it"
    case "did not find expected ',' or '}'":
      "found \(found), expected ',' or '}' in the mapping that begins in \(startInWords); close it"
    case "did not find expected node content":
      "found \(found), expected a value; close what is open, or put the value in quotes"
    case "did not find expected key":
      "found \(found), expected the next key of the mapping that begins in \(startInWords); check "
        + "indentation and quotes"
    case "did not find expected '-' indicator":
      "found \(found), expected '- ' and the next item of the list that begins in "
        + "\(startInWords); check the indentation"
    case "found unexpected end of stream":
      "found no end of the text in quotes that begins here, expected another quote; close it"
    case "found unexpected document indicator":
      "found \(found) in the text in quotes that begins in \(startInWords), expected its end; "
        + "close the quotes"
    case "found unknown escape character":
      "found \(found), an escape that YAML does not have; write '\\\\' for a backslash, or use "
        + "single quotes"
    case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
      "found \(found), expected the hexadecimal digits of a character; write '\\\\' for a "
        + "backslash, or use single quotes"
    case "did not find expected alphabetic or numeric character":
      "found '\(word(at: start))', where '*' and '&' mean something else than text; put the value "
        + "in quotes"
    case "found undefined tag handle":
      "found '\(word(at: place))', where '!' begins a type; put the value in quotes"
    case "did not find expected <document start>":
      "found \(found) after the end of the document, expected nothing; take it out"
    case "found incompatible YAML document":
      "found another version of YAML, expected 1.2; take the line out"
    default:
      "found a mistake (\(context.isEmpty ? "" : context + ", ")\(problem)), expected YAML 1.2; "
        + "check indentation and quotes"
    }
  }

  private var startInWords: String { "line \(start.line), column \(start.column)" }

  /// What stands at the place, to follow "found".
  private var found: String {
    switch text.rest(from: place).first {
    case nil: text.isEnd(place) ? "the end of the file" : "the end of the line"
    case "\t": "a tab"
    case " ": "a space"
    default: "'\(word(at: place))'"
    }
  }

  private var character: String { text.rest(from: place).first.map { "\($0)" } ?? "" }

  /// The word that begins at a place.
  private func word(at place: TextPlace) -> String {
    let word = text.rest(from: place).prefix { $0 != " " && $0 != "\t" }
    return PlainText.cut(String(String.UnicodeScalarView(word)), to: 40)
  }
}
