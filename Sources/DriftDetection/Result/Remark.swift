/// Something worth knowing that decides nothing: a note, before the limit of memory has a name.
struct Remark: Sendable, Hashable, Codable, ExpressibleByStringInterpolation {
  /// What it says of the memory for levels.
  private enum Memory: String, Sendable, Codable {
    /// More of it would tell.
    case more
    /// Where there was too little, results depend on it.
    case same
  }

  /// What to do about a column.
  enum Advice: Sendable, Hashable, Codable {
    /// Nothing is known.
    case none
    case exclude(String)
    case categorical(String)
    case numeric(String)
  }

  private let text: String
  private let memory: Memory?
  private var advice = Advice.none

  /// A note; `wantsMemory` where a higher limit of memory would tell.
  init(_ text: String, wantsMemory: Bool = false) {
    self.text = text
    memory = wantsMemory ? .more : nil
  }

  /// A note, and what to do where it is true.
  init(_ text: String, advice: Advice) {
    self.init(text)
    self.advice = advice
  }

  /// A note from a literal.
  init(stringLiteral text: String) { self.init(text) }

  /// Levels were dropped, for lack of memory.
  static let sameMemory = Remark(.same)

  private init(_ memory: Memory) {
    text = ""
    self.memory = memory
  }

  /// The note in words.
  ///
  /// - Parameter words: What the user calls what it advises.
  /// - Returns: A sentence.
  func words(_ words: ProgramWords) -> String {
    switch memory {
    case nil: text + adviceWords(words)
    case .more: "\(text); raise \(words.memoryLimit)"
    case .same:
      "how many levels memory holds follows from \(words.memoryLimit), and without it from the memory "
        + "of the machine; give it to get the same report on every machine"
    }
  }

  private func adviceWords(_ words: ProgramWords) -> String {
    switch advice {
    case .none: ""
    case .exclude(let column): "; \(words.exclude) \(column)"
    case .categorical(let column): "; \(words.categorical) \(column)"
    case .numeric(let column): "; \(words.numeric) \(column)"
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
