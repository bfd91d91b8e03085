/// Something worth knowing that decides nothing: a note, before what helps has a name.
struct Remark: Sendable, Hashable, Codable, ExpressibleByStringInterpolation {
  /// What a user can do about it.
  enum Advice: Sendable, Hashable, Codable {
    /// Give more memory: it would tell.
    case moreMemory
    /// Give a limit of memory: results depend on it.
    case sameMemory
    /// Leave a column out.
    case exclude(String)
    /// Take a column for categories.
    case categorical(String)
    /// Take a column for numbers.
    case numeric(String)
  }

  private let text: String
  private let advice: Advice?

  /// A note, and what to do where it is true.
  init(_ text: String, advice: Advice? = nil) {
    self.text = text
    self.advice = advice
  }

  /// A note from a literal.
  init(stringLiteral text: String) { self.init(text) }

  /// Levels were dropped, for lack of memory.
  static let sameMemory = Remark("", advice: .sameMemory)

  /// The note in words.
  ///
  /// - Parameter words: What the user calls what it advises.
  /// - Returns: A sentence.
  func words(_ words: ProgramWords) -> String {
    switch advice {
    case nil: text
    case .moreMemory: "\(text); raise \(words.memoryLimit)"
    case .exclude(let column): "\(text); \(words.exclude) \(column)"
    case .categorical(let column): "\(text); \(words.categorical) \(column)"
    case .numeric(let column): "\(text); \(words.numeric) \(column)"
    case .sameMemory:
      "how many levels memory holds follows from \(words.memoryLimit), and without it from the memory "
        + "of the machine; give it to get the same report on every machine"
    }
  }
}

extension DriftResult {
  /// What else is worth knowing.
  public var notes: [String] { notes(ProgramWords()) }

  /// What else is worth knowing, in the words of a program.
  package func notes(_ words: ProgramWords) -> [String] { remarks.map { $0.words(words) } }
}

extension FeatureResult {
  /// What else is worth knowing.
  public var notes: [String] { notes(ProgramWords()) }

  /// What else is worth knowing, in the words of a program.
  package func notes(_ words: ProgramWords) -> [String] { remarks.map { $0.words(words) } }
}
