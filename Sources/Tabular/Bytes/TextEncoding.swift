internal import Glibc

/// An encoding of text that the C library knows.
package struct TextEncoding: Sendable, Hashable {
  /// What the user calls it.
  package let name: String

  /// UTF-8: text that is read as it is.
  package static let utf8 = TextEncoding(known: "UTF-8")

  private init(known name: String) { self.name = name }

  /// An encoding by its name, such as `latin1` or `Shift_JIS`; nil when the C library has none of that
  /// name.
  package init?(_ name: String) {
    let isPlain = name.utf8.allSatisfy { byte in
      byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "/") && byte != UInt8(ascii: ",")
    }
    // A slash would begin what the C library does with characters that do not fit.
    guard isPlain, !name.isEmpty, name.utf8.count < 64 else { return nil }
    self.name = name
    guard let handle = open() else { return nil }
    iconv_close(handle)
  }

  /// What decodes it; nil when the C library lacks it, or there is no memory.
  func open() -> iconv_t? {
    let handle = iconv_open("UTF-8", name)
    return handle == iconv_t(bitPattern: -1) ? nil : handle
  }

  /// Whether it is UTF-8 by one of its names.
  var isUTF8: Bool { ["utf-8", "utf8"].contains(name.lowercased()) }
}
