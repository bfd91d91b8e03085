internal import DriftDetection
internal import DriftReport

/// What can be wrong with a key.
extension ConfigurationError.Problem {
  /// A key that does not exist, with the one that was meant, else with what is `expected`.
  static func unknownKey(
    _ member: ConfigurationNode.Member, among keys: [String], _ expected: String
  ) -> ConfigurationError.Problem {
    let guess = Suggestion.nearest(to: member.key, among: keys).map { "; did you mean '\($0)'?" }
    return .init(
      .unknownKey, at: member.place,
      "found the unknown key \(quoted(member))\(guess ?? ", expected \(expected)")")
  }

  /// A key that exists elsewhere.
  static func misplacedKey(_ member: ConfigurationNode.Member, _ message: String)
    -> ConfigurationError.Problem
  {
    .init(.unknownKey, at: member.place, "found \(quoted(member)) here, which \(message)")
  }

  /// A key that is there twice.
  static func duplicate(_ member: ConfigurationNode.Member, firstLine: Int)
    -> ConfigurationError.Problem
  {
    .init(
      .duplicateKey, at: member.place,
      "found \(quoted(member)) again, expected it once (first in line \(firstLine)); take out one")
  }

  private static func quoted(_ member: ConfigurationNode.Member) -> String {
    "'\(PlainText.cut(member.key, to: 60))'"
  }

  /// The line; 0 for a file as a whole.
  var line: Int {
    if case .place(let place) = origin { place.line } else { 0 }
  }

  /// The column; 0 for a file as a whole.
  var column: Int {
    if case .place(let place) = origin { place.column } else { 0 }
  }
}
