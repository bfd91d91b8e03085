/// Writes HTML that an XML parser accepts too.
///
/// Names of elements and attributes are `StaticString`s: no text from data can become one. All
/// other text is made harmless on its way in.
struct HTMLWriter {
  /// Attributes in order; those without a value are left out.
  typealias Attributes = KeyValuePairs<StaticString, String?>

  /// What has been written, UTF-8.
  private(set) var bytes: [UInt8] = []

  /// Markup of this program's own, as it is.
  mutating func raw(_ markup: StaticString) {
    markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// A line feed, so that the source has lines.
  mutating func newline() { bytes.append(UInt8(ascii: "\n")) }

  /// Text: controls and marks that turn the direction of writing are shown as escapes.
  mutating func text(_ text: String) {
    if text.utf8.allSatisfy(Self.isPlain) {
      bytes.append(contentsOf: text.utf8)
      return
    }
    for scalar in PlainText.neutralised(text).unicodeScalars {
      switch scalar {
      case "&": raw("&amp;")
      case "<": raw("&lt;")
      case ">": raw("&gt;")
      case "\"": raw("&quot;")
      case "'": raw("&#39;")
      // No XML document may have these.
      case "\u{FFFE}", "\u{FFFF}":
        bytes.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".utf8)
      default: bytes.append(contentsOf: scalar.utf8)
      }
    }
  }

  /// An element and what is in it.
  mutating func element(
    _ name: StaticString, _ attributes: Attributes, _ content: (inout HTMLWriter) -> Void
  ) {
    open(name, attributes)
    raw(">")
    content(&self)
    raw("</")
    raw(name)
    raw(">")
  }

  /// An element with nothing but text in it.
  mutating func element(_ name: StaticString, _ attributes: Attributes, _ text: String) {
    element(name, attributes) { $0.text(text) }
  }

  /// An element without attributes and what is in it.
  mutating func element(_ name: StaticString, _ content: (inout HTMLWriter) -> Void) {
    element(name, [:], content)
  }

  /// An element without attributes and with nothing but text in it.
  mutating func element(_ name: StaticString, _ text: String) {
    element(name, [:], text)
  }

  /// An element that cannot have content, such as `meta`, or a shape of a picture.
  mutating func void(_ name: StaticString, _ attributes: Attributes = [:]) {
    open(name, attributes)
    raw("/>")
  }

  private mutating func open(_ name: StaticString, _ attributes: Attributes) {
    raw("<")
    raw(name)
    for (key, value) in attributes {
      guard let value else { continue }
      raw(" ")
      raw(key)
      raw("=\"")
      text(value)
      raw("\"")
    }
  }

  /// Whether a byte of ASCII stands for itself everywhere.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      false
    default: byte >= 0x20 && byte < 0x7F
    }
  }
}
