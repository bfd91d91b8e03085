import Foundation
import FoundationXML

/// An element of a page as a strict XML parser reads it.
final class PageElement {
  let name: String
  let attributes: [String: String]
  fileprivate(set) var children: [PageElement] = []
  /// All text in it and below it, in order.
  fileprivate(set) var text = ""
  /// The texts between its children.
  fileprivate var pieces: [String] = []

  fileprivate init(_ name: String, _ attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// An attribute.
  subscript(attribute: String) -> String? { attributes[attribute] }

  /// The element and all below it, in the order of the document.
  var all: [PageElement] { [self] + children.flatMap(\.all) }

  /// All elements of a name below it.
  func elements(_ name: String) -> [PageElement] { all.filter { $0.name == name } }

  /// The first element that has an attribute of this value.
  func first(_ attribute: String, _ value: String) -> PageElement? {
    all.first { $0[attribute] == value }
  }

  /// Every text, cell by cell, and every value of an attribute that people or scripts read as data.
  var strings: [String] {
    all.flatMap { element in
      (element.children.isEmpty ? [element.text] : element.pieces)
        + ["title", "data-value", "aria-label"].compactMap { element[$0] }
    }
  }
}

/// Reads pages with the parser that forgives nothing.
enum PageTree {
  private final class Builder: NSObject, XMLParserDelegate {
    var root: PageElement?
    private var open: [PageElement] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      let element = PageElement(name, attributes)
      open.last?.children.append(element)
      if root == nil { root = element }
      open.append(element)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      for element in open { element.text += text }
      open.last?.pieces.append(text)
    }
  }

  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  /// - Returns: The `html` element.
  /// - Throws: `Malformed` where the parser stops.
  static func parse(_ bytes: [UInt8]) throws -> PageElement {
    let parser = XMLParser(data: Data(bytes))
    let builder = Builder()
    parser.delegate = builder
    guard parser.parse(), let root = builder.root else {
      let reason = parser.parserError.map { "\($0)" } ?? "no element"
      throw Malformed(
        description: "line \(parser.lineNumber), column \(parser.columnNumber): \(reason)")
    }
    return root
  }
}
