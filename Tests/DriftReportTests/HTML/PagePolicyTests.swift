import DriftReport
import DriftTestSupport
import Foundation
import Testing

/// Nothing but the two texts of the page's own is allowed to style and to run.
@Suite struct PagePolicyTests {
  static let texts = [
    (name: "style", text: "\(PageStyle.text)", hash: PageStyle.hash),
    (name: "script", text: "\(PageScript.text)", hash: PageScript.hash),
  ]

  /// By a program that is not ours.
  private static func hash(_ text: String) throws -> String {
    let folder = try ScratchFolder()
    try folder.write(text, to: "text")
    let child = try ChildProcess(
      ["/bin/bash", "-c", "sha256sum text"], in: folder.url,
      environment: DriftCheckBinary.environment)
    let digits = child.wait().outputText.prefix { $0 != " " }
    var bytes: [UInt8] = []
    var rest = digits[...]
    while rest.count >= 2 {
      bytes.append(try #require(UInt8(rest.prefix(2), radix: 16)))
      rest = rest.dropFirst(2)
    }
    #expect(bytes.count == 32)
    return "sha256-" + Data(bytes).base64EncodedString()
  }

  @Test(arguments: texts.indices)
  func hashIsThatOfTheText(_ index: Int) throws {
    let (name, text, hash) = Self.texts[index]
    let computed = try Self.hash(text)
    #expect(hash == computed, "the text of the \(name) was changed: its hash is \(computed)")
    let page = try PageTree.parse(PageSample.fail.report().page())
    #expect(page.elements(name).first?.text == text)
    let policy = try #require(page.first("http-equiv", "Content-Security-Policy")?["content"])
    #expect(
      policy == "default-src 'none'; style-src '\(PageStyle.hash)'; "
        + "script-src '\(PageScript.hash)'; base-uri 'none'; form-action 'none'")
  }

  @Test(arguments: texts.indices)
  func textReadsTheSameInHTMLAndXML(_ index: Int) {
    let (name, text, _) = Self.texts[index]
    #expect(!text.contains("<") && !text.contains("&") && !text.contains("]]>"))
    #expect(!text.contains("url(") && !text.contains("@import") && !text.contains("http"))
    #expect(text.utf8.count < (name == "script" ? 6_000 : 16_000))
  }

  /// The policy counts from where it stands.
  @Test func policyComesBeforeWhatItAllows() throws {
    let source = String(decoding: try PageSample.fail.report().page(), as: UTF8.self)
    let policy = try #require(source.range(of: "Content-Security-Policy"))
    for tag in ["<style>", "<script>"] {
      #expect(try policy.lowerBound < #require(source.range(of: tag)).lowerBound)
    }
  }
}
