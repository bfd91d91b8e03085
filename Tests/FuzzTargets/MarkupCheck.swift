/// Checks that a page is well-formed and has no element, attribute or script but those of its own.
struct MarkupCheck {
  private let bytes: [UInt8]
  private var place = 0
  private var open: [String] = []

  private static let elements: Set<String> = [
    "html", "head", "body", "meta", "title", "style", "script", "a", "header", "main", "footer",
    "p",
    "strong", "span", "time", "section", "h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr",
    "th", "td", "caption", "ul", "ol", "li", "dl", "dt", "dd", "div", "details", "summary", "svg",
    "g", "rect", "line", "path", "circle", "text", "title", "polyline", "polygon", "code", "em",
    "button", "input", "label", "select", "option", "b", "i", "small", "abbr", "br", "hr", "nav",
    "figure", "figcaption", "bdi", "colgroup", "col", "desc", "article", "form", "fieldset",
    "legend", "output", "sup", "sub", "kbd", "defs", "use", "pattern", "template", "noscript",
  ]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func run() throws {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw FuzzViolation("the page is not UTF-8")
    }
    var check = self
    try check.scan()
  }

  private mutating func scan() throws {
    let start = Array("<!DOCTYPE html>".utf8)
    guard bytes.starts(with: start) else { throw FuzzViolation("the page has no beginning") }
    place = start.count
    while place < bytes.count {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "<"):
        try tag()
      case UInt8(ascii: "&"):
        try entity()
      default:
        guard byte >= 0x20 || byte == 0x0A, byte != 0x7F else {
          throw FuzzViolation("a control character in the page, near \(near)")
        }
        place += 1
      }
    }
    guard open.isEmpty else { throw FuzzViolation("the page does not end \(open)") }
  }

  private var near: String {
    String(
      decoding: bytes[max(0, place - 40)..<min(bytes.count, place + 40)], as: UTF8.self)
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: byte) else { return false }
    place += 1
    return true
  }

  private mutating func name() -> String {
    let start = place
    while place < bytes.count,
      (0x61...0x7A).contains(bytes[place] | 0x20) || (0x30...0x39).contains(bytes[place])
        || bytes[place] == 0x2D
    { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func tag() throws {
    place += 1
    if take("/") {
      let name = name()
      guard open.popLast() == name, take(">") else {
        throw FuzzViolation("'\(name)' ends where it did not begin, near \(near)")
      }
      return
    }
    let element = name()
    guard Self.elements.contains(element) else {
      throw FuzzViolation("an unknown element '\(element)', near \(near)")
    }
    while take(" ") {
      let key = name()
      guard !key.isEmpty, !key.hasPrefix("on"), take("="), take("\"") else {
        throw FuzzViolation("a bad attribute '\(key)', near \(near)")
      }
      while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
        if bytes[place] == UInt8(ascii: "&") {
          try entity()
        } else {
          guard bytes[place] != UInt8(ascii: "<"), bytes[place] >= 0x20 else {
            throw FuzzViolation("a raw character in an attribute, near \(near)")
          }
          place += 1
        }
      }
      place += 1
    }
    if take("/") {
      guard take(">") else { throw FuzzViolation("a bad tag, near \(near)") }
      return
    }
    guard take(">") else { throw FuzzViolation("a bad tag, near \(near)") }
    open.append(element)
    if element == "style" || element == "script" {
      // Of our own, as it is: its hash is in the page's policy.
      while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
      let end = Array("</\(element)>".utf8)
      while place < bytes.count, !bytes[place...].starts(with: end) { place += 1 }
    }
  }

  private mutating func entity() throws {
    for entity in ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
    where bytes[place...].starts(with: entity.utf8) {
      place += entity.utf8.count
      return
    }
    throw FuzzViolation("a raw '&' in the page, near \(near)")
  }
}
