/// Texts that are no tables, and are told by how they begin. A CSV may begin with any of their first
/// letters, so each is asked for what no header has.
extension FormatRegistry {
  static let refusedTexts: [TableFormat] = [
    refused(
      "a Git LFS pointer", "get the file itself, by 'git lfs pull', and give that"
    ) { beginning in
      TextOpeningBytes(beginning).begins("version https://git-lfs.github.com/spec/")
    },
    refused("an HTML page", "check where it was downloaded from, and give a CSV file") {
      beginning in
      let text = TextOpeningBytes(beginning)
      return text.begins("<!doctype html") || text.hasTag(["html", "head", "body"])
    },
    refused(
      "an XML document", "check where it was downloaded from, and give a CSV file"
    ) { beginning in
      let text = TextOpeningBytes(beginning)
      return text.begins("<?xml") || text.begins("<!doctype") || text.hasNestedTags
    },
    refused("JSON Lines", "convert them to CSV") { beginning in
      let text = TextOpeningBytes(beginning)
      return text.beginsObject && text.hasObjectOnSecondLine
    },
    refused("a JSON document", "convert it to CSV") { beginning in
      let text = TextOpeningBytes(beginning)
      return text.beginsObject || text.beginsArray
    },
    refused("an RTF document", "export the table as CSV") { beginning in
      TextOpeningBytes(beginning).begins("{\\rtf")
    },
  ]
}

/// The first bytes of a text, to be asked what it is.
private struct TextOpeningBytes {
  private let bytes: ArraySlice<UInt8>

  init(_ beginning: [UInt8]) {
    var bytes = beginning[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    self.bytes = Self.trimmed(bytes)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Whether it begins with these letters, in any case.
  func begins(_ text: String) -> Bool {
    bytes.count >= text.utf8.count && zip(bytes, text.utf8).allSatisfy { Self.lower($0) == $1 }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  /// Whether it begins with one of these tags.
  func hasTag(_ names: [String]) -> Bool {
    names.contains { name in
      guard begins("<" + name), let next = bytes.dropFirst(name.utf8.count + 1).first else {
        return false
      }
      return next == UInt8(ascii: ">") || next <= 0x20
    }
  }

  /// Whether it begins with a tag, and another one in that: `<a><b>`. Names in angle brackets have
  /// delimiters between them.
  var hasNestedTags: Bool {
    guard bytes.first == UInt8(ascii: "<"), let second = bytes.dropFirst().first,
      Self.isLetter(second), let end = bytes.firstIndex(of: UInt8(ascii: ">"))
    else { return false }
    let inner = Self.trimmed(bytes[(end + 1)...])
    let between = bytes[(end + 1)..<inner.startIndex]
    guard inner.first == UInt8(ascii: "<"), let name = inner.dropFirst().first, Self.isLetter(name),
      !bytes[..<end].contains(where: { [0x2C, 0x3B, 0x0A, 0x7C].contains($0) })
    else { return false }
    // On a line of its own it stands further in.
    return between.isEmpty || between.contains(0x0A) && between.last != 0x0A
  }

  /// Whether it begins as an object: `{"name":`, or `{}`.
  var beginsObject: Bool { Self.beginsObject(bytes) }

  private static func beginsObject(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.first == UInt8(ascii: "{") else { return false }
    let inner = trimmed(bytes.dropFirst())
    if inner.first == UInt8(ascii: "}") { return trimmed(inner.dropFirst()).isEmpty }
    guard let rest = behindString(inner) else { return false }
    return trimmed(rest).first == UInt8(ascii: ":")
  }

  /// Whether it begins as an array of objects, of arrays or of strings.
  var beginsArray: Bool {
    guard bytes.first == UInt8(ascii: "[") else { return false }
    let inner = Self.trimmed(bytes.dropFirst())
    if Self.beginsObject(inner) { return true }
    if inner.first == UInt8(ascii: "[") {
      return Self.trimmed(inner.dropFirst()).first.map {
        [UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "-")].contains($0)
          || $0 &- UInt8(ascii: "0") <= 9
      } ?? false
    }
    guard let rest = Self.behindString(inner) else { return false }
    return Self.trimmed(rest).first.map { [0x2C, 0x5D].contains($0) } ?? false
  }

  /// What is behind a string in quotes; nil when there is none, or it does not end.
  private static func behindString(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard bytes.first == 0x22 else { return nil }
    var next = bytes.startIndex + 1
    while next < bytes.endIndex {
      if bytes[next] == 0x22 { return bytes[(next + 1)...] }
      next += bytes[next] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// Whether the first line ends an object and the second begins one, or is not in sight.
  var hasObjectOnSecondLine: Bool {
    guard let end = bytes.firstIndex(of: 0x0A) else { return false }
    let first = bytes[..<end].last { $0 != 0x0D }
    let second = bytes[(end + 1)...].first
    return first == UInt8(ascii: "}") && (second == nil || second == UInt8(ascii: "{"))
  }
}
