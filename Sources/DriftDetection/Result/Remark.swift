/// What a user can do about what a note says, before a program has words for it.
package enum Remedy: String, Sendable, Codable {
  /// Give more memory: it would tell.
  case moreMemory
  /// Give a limit of memory: results depend on it.
  case sameMemory
  /// Leave the feature out of the check.
  case exclude
}

/// What a program's users call the ways to do something about a note.
package struct RemedyNames: Sendable, Hashable {
  /// The limit of memory.
  package var memoryLimit: String
  /// How a feature is left out, after "it".
  package var exclusion: String
  /// What can be done about a feature that is gone, as a clause; nil for nothing.
  package var missingFeature: String?

  /// Names; those that are not given are the library's.
  package init(
    memoryLimit: String = "the memory limit", exclusion: String = "exclude it",
    missingFeature: String? = nil
  ) {
    self.memoryLimit = memoryLimit
    self.exclusion = exclusion
    self.missingFeature = missingFeature
  }
}

/// Something worth knowing that decides nothing: a note, before what helps has a name.
struct Remark: Sendable, Hashable, Codable, ExpressibleByStringInterpolation {
  private let text: String
  private let remedy: Remedy?

  /// A note, and what can be done about it.
  init(_ text: String, remedy: Remedy? = nil) {
    self.text = text
    self.remedy = remedy
  }

  /// A note from a literal.
  init(stringLiteral text: String) { self.init(text) }

  /// Levels were dropped, for lack of memory.
  static let sameMemory = Remark("", remedy: .sameMemory)

  /// The note in words.
  func words(_ names: RemedyNames) -> String {
    switch remedy {
    case nil: text
    case .moreMemory: "\(text); raise \(names.memoryLimit)"
    case .exclude: "\(text); \(names.exclusion)"
    case .sameMemory:
      "how many levels memory holds follows from \(names.memoryLimit), and without it from the memory "
        + "of the machine; give it to get the same report on every machine"
    }
  }
}

extension DriftResult {
  /// What else is worth knowing.
  public var notes: [String] { notes(RemedyNames()) }

  /// What else is worth knowing, with a program's names for what helps.
  package func notes(_ names: RemedyNames) -> [String] { remarks.map { $0.words(names) } }
}

extension FeatureResult {
  /// What else is worth knowing.
  public var notes: [String] { notes(RemedyNames()) }

  /// What else is worth knowing, with a program's names for what helps.
  package func notes(_ names: RemedyNames) -> [String] { remarks.map { $0.words(names) } }
}
