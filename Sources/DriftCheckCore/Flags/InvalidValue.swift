/// A value that a flag does not take. The parser adds the flag and the value.
package struct InvalidValue: Error, Sendable, Hashable {
  /// What the flag takes, to follow "expected".
  package let expected: String

  /// Creates an error.
  package init(expected: String) { self.expected = expected }
}

extension InvalidValue {
  /// Why a path is none of a file of settings.
  static let path = InvalidValue(expected: "a file ('/dev/stdin' is standard input)")
}
