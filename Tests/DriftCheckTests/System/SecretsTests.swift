import Foundation
import Testing

@testable import DriftCheckCore

/// What a server says may hold what it was told, in whatever form.
@Suite struct SecretsTests {
  private static let password = "p?ss/w+rd=é\"&<7"
  private static let pair = "user:" + password
  private static let token = "eyJhbGciOi.JIUzI1NiJ9+abc/def=="

  private static func redacted(_ text: String, _ secrets: Secrets, isCut: Bool = false) -> String {
    String(decoding: secrets.redacted(Array(text.utf8), isCut: isCut), as: UTF8.self)
  }

  /// The ways in which programs write a text.
  private static func forms(of text: String) throws -> [String] {
    let data = Data(text.utf8)
    let base64 = data.base64EncodedString()
    let url = base64.replacing("+", with: "-").replacing("/", with: "_")
    let percent = data.map { String(format: "%%%02X", $0) }.joined()
    let reserved = try #require(
      text.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    let json = String(decoding: try JSONEncoder().encode(text), as: UTF8.self).dropFirst()
      .dropLast()
    let html = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing("\"", with: "&quot;")
    return [
      text, base64, url, base64.replacing("=", with: ""), url.replacing("=", with: ""), percent,
      percent.lowercased(), reserved, reserved.replacing("%", with: "%25"),
      base64.replacing("=", with: "%3D").replacing("+", with: "%2b").replacing("/", with: "%2F"),
      String(json), html, html.replacing("&", with: "&amp;"),
      text.utf16.map { String(format: "\\u%04x", $0) }.joined(),
      text.utf16.map { $0 < 128 ? String(UnicodeScalar(UInt8($0))) : String(format: "\\u%04X", $0) }
        .joined(),
      text.unicodeScalars.map { "&#\($0.value);" }.joined(),
      text.unicodeScalars.map { "&#x" + String($0.value, radix: 16) + ";" }.joined(),
      data.map { String(format: "%02x", $0) }.joined(),
      data.map { String(format: "%02X", $0) }.joined(),
      Data(base64.utf8).base64EncodedString(),
    ]
  }

  /// Alone, and within something longer.
  private static func verify(_ secrets: Secrets, _ text: String, _ hidden: [String]) throws {
    for form in try forms(of: text) {
      #expect(redacted("Got <\(form)>, no.", secrets).contains("***"), "\(form)")
      let shown = redacted("Got <\(form)>, no.", secrets)
      for hidden in hidden + [form] { #expect(!shown.contains(hidden), "\(form): \(shown)") }
      #expect(shown.hasPrefix("Got <") && shown.hasSuffix(">, no."), "\(form): \(shown)")
    }
    for before in ["", "B", "Ba", "Bas", "Authorization: Basic "] {
      let dump = Data("\(before)\(text)\r\n".utf8).base64EncodedString()
      let shown = redacted(dump, secrets)
      #expect(shown.contains("***"))
      // What is left are the parts around it and no more than a byte of it.
      #expect(shown.utf8.count <= 3 + (before.utf8.count + 6) * 4 / 3 + 6, "\(shown)")
    }
  }

  @Test func passwords() throws {
    try Self.verify(Secrets(.basic(Self.pair)), Self.password, [])
  }

  @Test func tokens() throws {
    try Self.verify(Secrets(.bearer(Self.token)), Self.token, [])
  }

  @Test func pairs() throws {
    let secrets = Secrets(.basic("someone:\(Self.token)"))
    let header = Data("someone:\(Self.token)".utf8).base64EncodedString()
    #expect(Self.redacted("Basic \(header) is wrong", secrets) == "Basic *** is wrong")
    #expect(Self.redacted("someone:\(Self.token)!", secrets) == "someone:***!")
    #expect(Self.redacted("someone is unknown", secrets) == "someone is unknown")
    // A token in the place of the user.
    #expect(
      Self.redacted("\(Self.token) is unknown", Secrets(.basic("\(Self.token):"))).contains("***"))
  }

  @Test func credentialsOfProxies() {
    let secrets = Secrets(nil, proxies: ["http://someone:p%40ssw%6Frd@proxy:3128", "proxy:3128"])
    for form in ["p%40ssw%6Frd", "p@ssword", Data("someone:p@ssword".utf8).base64EncodedString()] {
      #expect(Self.redacted("no: \(form)", secrets) == "no: ***")
    }
  }

  /// A text that ends anywhere shows no beginning of a secret.
  @Test func cutTexts() throws {
    let secrets = Secrets(.bearer(Self.token))
    for form in try Self.forms(of: Self.token) {
      let text = Array("Got \(form)".utf8)
      for end in 5...text.count {
        let shown = String(
          decoding: secrets.redacted(Array(text[..<end]), isCut: true), as: UTF8.self)
        #expect(shown == "Got ***", "\(form), cut at \(end)")
      }
    }
  }

  /// A server that cuts what it repeats.
  @Test func cutSecrets() {
    let secrets = Secrets(.bearer(Self.token))
    #expect(Self.redacted("\(Self.token.prefix(12))...", secrets) == "***...")
  }

  /// What is in every text would be told by its stars.
  @Test func shortSecrets() {
    let secrets = Secrets(.basic("a:no"))
    #expect(Self.redacted("there is none", secrets) == "***")
    #expect(Self.redacted("that is all", secrets) == "that is all")
  }

  @Test func otherTextsStay() {
    let texts = ["", "%", "100 % of \\ & +", "&#;%zz\\u00", "größe: no"]
    for secrets in [Secrets(nil), Secrets(.bearer(Self.token)), Secrets(.basic("a:"))] {
      for text in texts { #expect(Self.redacted(text, secrets) == text) }
    }
  }

  /// Every text comes to an end, and soon.
  @Test func longTexts() {
    let secrets = Secrets(.bearer(String(repeating: "a", count: 4_000)))
    let start = ContinuousClock.now
    _ = Self.redacted(String(repeating: "a%61", count: 1_000) + "!", secrets)
    _ = Self.redacted(String(repeating: "&", count: 4_000), secrets)
    _ = Self.redacted(String(repeating: "%25", count: 1_300), secrets)
    _ = Self.redacted(String(repeating: "\\", count: 4_000), secrets)
    _ = Self.redacted(String(repeating: "&amp;", count: 800), secrets)
    #expect(ContinuousClock.now - start < .seconds(5))
  }
}
