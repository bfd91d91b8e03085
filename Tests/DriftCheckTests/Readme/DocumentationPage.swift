import DriftTestSupport
import Foundation

/// A page of the documentation with the blocks of code that it shows.
struct DocumentationPage: Sendable, CustomStringConvertible {
  struct Block: Sendable {
    let language: String
    let lines: [String]

    /// The shell commands of the block. An indented line, or one that ends a compound command,
    /// belongs to the command before it.
    var commands: [String] {
      lines.reduce(into: []) { commands, line in
        let continues =
          line.hasPrefix(" ") || ["done", "fi", "esac", "}"].contains { line.hasPrefix($0) }
        if continues, let last = commands.indices.last {
          commands[last] += "\n" + line
        } else {
          commands.append(line)
        }
      }
    }
  }

  /// The path from the top of the checkout.
  let path: String
  let text: String

  var description: String { path }

  init(_ path: String) throws {
    self.path = path
    text = try String(contentsOf: Project.root.appending(path: path), encoding: .utf8)
  }

  /// A page of the catalog.
  init(article: String) throws { try self.init("\(Self.catalog)/\(article).md") }

  static let catalog = "Sources/DriftKit/DriftKit.docc"

  /// The README and every page of the catalog.
  static func all() throws -> [DocumentationPage] {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Project.root.appending(path: catalog).path)
    let articles = names.filter { $0.hasSuffix(".md") }.sorted()
    let paths = ["README.md"] + articles.map { "\(catalog)/\($0)" }
    return try paths.map { try Self($0) }
  }

  func blocks(_ language: String) -> [Block] {
    var blocks: [Block] = []
    var open: (language: String, lines: [String])?
    for line in text.components(separatedBy: "\n") {
      guard line.hasPrefix("```") else {
        open?.lines.append(line)
        continue
      }
      if let block = open {
        blocks.append(Block(language: block.language, lines: block.lines))
        open = nil
      } else {
        open = (String(line.dropFirst(3)), [])
      }
    }
    return blocks.filter { $0.language == language }
  }
}
