/// Something worth knowing that decides nothing: a note, before the limit of memory has a name.
struct Remark: Sendable, Hashable, Codable, ExpressibleByStringInterpolation {
  /// What it says of the memory for levels.
  private enum Memory: String, Sendable, Codable {
    /// More of it would tell.
    case more
    /// Where there was too little, results depend on it.
    case same
  }

  private let text: String
  private let memory: Memory?

  /// A note; `wantsMemory` where a higher limit of memory would tell.
  init(_ text: String, wantsMemory: Bool = false) {
    self.text = text
    memory = wantsMemory ? .more : nil
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
  /// - Parameter name: What the user calls the limit of memory.
  /// - Returns: A sentence.
  func words(memoryLimitName name: String) -> String {
    switch memory {
    case nil: text
    case .more: "\(text); raise \(name)"
    case .same:
      "how many levels memory holds follows from \(name), and without it from the memory of the "
        + "machine; give it to get the same report on every machine"
    }
  }
}

extension DriftResult {
  /// What else is worth knowing.
  public var notes: [String] { notes(memoryLimitName: "the memory limit") }

  /// What else is worth knowing, where the limit of memory has a name.
  package func notes(memoryLimitName name: String) -> [String] {
    remarks.map { $0.words(memoryLimitName: name) }
  }
}

extension FeatureResult {
  /// What else is worth knowing.
  public var notes: [String] { notes(memoryLimitName: "the memory limit") }

  /// What else is worth knowing, where the limit of memory has a name.
  package func notes(memoryLimitName name: String) -> [String] {
    remarks.map { $0.words(memoryLimitName: name) }
  }
}
