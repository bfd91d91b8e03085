internal import DriftDetection

/// A key below a column of `overrides`. Parsing, the printed configuration and the schema's test read
/// this table.
package struct OverrideKey: Sendable {
  /// What a key takes.
  package enum Value: Sendable, Hashable {
    /// One word out of a few.
    case words([String])
    /// A number.
    case number(NumberRange)
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// true or false.
    case boolean
    /// A list of ascending numbers.
    case edges
  }

  /// The key.
  package let name: String
  /// What it takes.
  package let value: Value
  /// Whether it means something for numeric columns only.
  package var isNumericOnly = false
  /// Whether it means something for categorical columns only.
  package var isLevelsOnly = false
  /// Whether it is about the bins of PSI.
  package var isAboutBins = false
  /// One sentence.
  package let help: String
  let set: @Sendable (inout ColumnOverride, String) throws(InvalidValue) -> Void
  let clear: @Sendable (inout ColumnOverride) -> Void
  /// The value as it is written in a file; nil when there is none.
  let text: @Sendable (ColumnOverride) -> String?

  /// All keys, in the order in which they are printed.
  package static let all: [OverrideKey] =
    [
      choice("kind", \.kind, help: "Take the column as numeric or categorical."),
      OverrideKey(
        name: "ignore", value: .boolean, help: "Leave the column out.",
        set: { $0.isIgnored = $1 == "true" },
        clear: { $0.isIgnored = false }, text: { $0.isIgnored ? "true" : nil }),
      OverrideKey(
        name: "mmd", value: .boolean, isNumericOnly: true,
        help: "Whether the column takes part in MMD and the change of dependence.",
        set: { $0.isLeftOutOfMMD = $1 == "false" },
        clear: { $0.isLeftOutOfMMD = false }, text: { $0.isLeftOutOfMMD ? "false" : nil }),
      OverrideKey(
        name: "gate", value: .boolean,
        help: "Whether the column decides the status of the whole check, and so the exit code.",
        set: { $0.gates = $1 == "true" }, clear: { $0.gates = nil },
        text: { $0.gates.map { $0 ? "true" : "false" } }),
      OverrideKey(
        name: "psi-bins", value: .integer(2...1000), isNumericOnly: true, isAboutBins: true,
        help: "How many bins the column gets.",
        set: { override, text throws(InvalidValue) in
          override.psiBins = try ValueParser.integer(text, in: 2...1000)
        }, clear: { $0.psiBins = nil }, text: { $0.psiBins.map { "\($0)" } }),
      choice(
        "psi-binning", \.psiBinning, isAboutBins: true,
        help: "Bins at the baseline's quantiles, or of equal width."),
      OverrideKey(
        name: "psi-edges", value: .edges, isNumericOnly: true, isAboutBins: true,
        help:
          "The edges of the bins, ascending; a bin holds its lower edge, the outer bins are open.",
        set: { override, text throws(InvalidValue) in
          override.psiEdges = try edges(text)
        }, clear: { $0.psiEdges = nil },
        text: { override in
          override.psiEdges.map { "[" + $0.map { "\($0)" }.joined(separator: ", ") + "]" }
        }),
    ] + LimitPair.all.flatMap(\.keys)

  typealias OverridePath<Value> = any WritableKeyPath<ColumnOverride, Value> & Sendable

  private static func choice<Word: WordChoice>(
    _ name: String, _ path: OverridePath<Word?>, isAboutBins: Bool = false, help: String
  ) -> OverrideKey {
    OverrideKey(
      name: name, value: .words(Word.allCases.map(\.rawValue)), isNumericOnly: isAboutBins,
      isAboutBins: isAboutBins, help: help,
      set: { override, text throws(InvalidValue) in
        override[keyPath: path] = try ValueParser.choice(text) as Word
      }, clear: { $0[keyPath: path] = nil }, text: { $0[keyPath: path]?.rawValue })
  }

  /// Edges between commas.
  private static func edges(_ text: String) throws(InvalidValue) -> [Double] {
    let expected = "1 to 999 numbers, each greater than the one before"
    var edges: [Double] = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let edge = try? ValueParser.number(String(item), in: .finite),
        edges.last.map({ $0 < edge }) ?? true
      else { throw InvalidValue(expected: expected) }
      edges.append(edge)
    }
    guard (1...999).contains(edges.count) else { throw InvalidValue(expected: expected) }
    return edges
  }
}
