/// How results or log lines are written.
package enum TextFormat: String, Sendable, Hashable, CaseIterable {
  /// For people.
  case text
  /// For programs.
  case json
}
