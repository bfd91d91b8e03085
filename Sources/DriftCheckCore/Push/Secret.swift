internal import DriftReport

/// Text that is read from a file, is used, and is never shown.
enum Secret {
  /// What the text is.
  enum Form {
    case userAndPassword
    case token

    var expected: String {
      switch self {
      case .userAndPassword: "one line 'user:password'"
      case .token: "one line, the token"
      }
    }
  }

  /// Reads a secret; a line break at its end does not belong to it.
  ///
  /// - Throws: `SecretError` when the file cannot be read or holds something else.
  static func read(_ path: String, as form: Form) throws(SecretError) -> String {
    guard var text = SmallFile.text(path) else {
      throw SecretError(path: path, detail: "cannot be read; expected \(form.expected)")
    }
    while let last = text.unicodeScalars.last, last == "\n" || last == "\r" {
      text.unicodeScalars.removeLast()
    }
    let isLine = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    let isPair = form == .token || text.contains(":")
    guard !text.isEmpty, isLine, isPair else {
      throw SecretError(
        path: path, detail: "holds something else than \(form.expected) (its content is not shown)")
    }
    return text
  }
}
