/// How two texts differ that a reader would take for one: names of columns, or levels.
///
/// Texts are compared by bytes everywhere; this only says what is odd.
package struct WritingDifference: Sendable, Hashable, CustomStringConvertible {
  /// A way of writing.
  package enum Aspect: String, Sendable, Hashable, CaseIterable {
    /// Characters that are not seen, such as a zero-width space.
    case invisible = "invisible characters"
    /// Blanks of any kind, or as many as there are.
    case blanks = "blanks"
    /// Small and capital letters.
    case letterCase = "case"
    /// Letters in one piece, or with their accents apart.
    case unicodeForm = "Unicode form"
    /// Numbers: `1` and `1.0`.
    case numberFormat = "number format"
  }

  /// In what they differ.
  package let aspects: [Aspect]

  /// What they have in common: texts that differ in writing only have equal ones.
  package struct Form: Sendable, Hashable {
    // Swift's strings are equal where they are canonically equivalent.
    private let text: String
    private let number: Double?

    /// - Parameters:
    ///   - text: The text.
    ///   - asNumber: Whether numbers are equal by value.
    package init(_ text: String, asNumber: Bool = false) {
      let plain = Form.without(text, Set(Aspect.allCases))
      number = asNumber ? Form.number(plain) : nil
      self.text = number == nil ? plain : ""
    }

    private static func number(_ text: String) -> Double? {
      // Neither words nor hexadecimal numbers.
      guard text.utf8.allSatisfy({ (48...57).contains($0) || "+-.E".utf8.contains($0) }),
        let value = Double(text), value.isFinite
      else { return nil }
      return value + 0
    }

    /// The text without some of what may differ.
    fileprivate static func without(_ text: String, _ aspects: Set<Aspect>) -> String {
      if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
        return aspects.contains(.letterCase) ? text.uppercased() : text
      }
      var scalars = String.UnicodeScalarView()
      for scalar in text.unicodeScalars {
        if aspects.contains(.blanks), scalar.properties.isWhitespace { continue }
        if aspects.contains(.invisible), scalar.isInvisible { continue }
        scalars.append(scalar)
      }
      return aspects.contains(.letterCase) ? String(scalars).uppercased() : String(scalars)
    }
  }

  /// Nil when the texts are equal, or differ in more than writing.
  ///
  /// - Parameters:
  ///   - a: A text.
  ///   - b: Another one.
  ///   - asNumbers: Whether numbers are equal by value.
  package init?(_ a: String, _ b: String, asNumbers: Bool = false) {
    guard !a.utf8.elementsEqual(b.utf8) else { return nil }
    let parts: [Aspect] = [.invisible, .blanks, .letterCase]
    func areEqual(without aspects: Set<Aspect>) -> Bool {
      Form.without(a, aspects) == Form.without(b, aspects)
    }
    guard areEqual(without: Set(parts)) else {
      guard asNumbers, Form(a, asNumber: true) == Form(b, asNumber: true) else { return nil }
      aspects = [.numberFormat]
      return
    }
    let needed = parts.filter { !areEqual(without: Set(parts).subtracting([$0])) }
    aspects = needed.isEmpty ? [.unicodeForm] : needed
  }

  /// The aspects in words: "case and blanks".
  package var description: String {
    let words = aspects.map(\.rawValue)
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Unicode.Scalar {
  /// Whether nobody sees it: zero-width and soft characters, byte order marks, marks of direction, and
  /// control characters.
  package var isInvisible: Bool {
    switch value {
    case 0x09...0x0D, 0x20: false
    case 0x00...0x1F, 0x7F...0x84, 0x86...0x9F: true
    default: properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format
    }
  }
}

extension String {
  /// The text with invisible characters, and blanks that look like others, by their numbers.
  package var showingInvisible: String {
    guard oddScalars.isEmpty == false else { return self }
    var text = ""
    for scalar in unicodeScalars {
      text +=
        scalar.isOdd ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : "\(scalar)"
    }
    return text
  }

  /// Characters that are not seen as what they are: invisible ones, and blanks but for the space.
  package var oddScalars: [Unicode.Scalar] {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return [] }
    return unicodeScalars.filter(\.isOdd)
  }
}

extension Unicode.Scalar {
  fileprivate var isOdd: Bool { isInvisible || value != 0x20 && properties.isWhitespace }
}
