/// Names among which the one that was meant is looked for, prepared once for many mistakes.
package struct SuggestedNames {
  private struct Name {
    let place: Int
    /// In lower case, as far as it is looked at.
    let letters: [UInt8]
    let counts: LetterCounts
  }

  /// Letters of a name that are looked at: what is longer is like nothing that is typed.
  private static let mostLetters = 100
  /// Steps of comparisons up to which names are looked at, for one mistake and for all of them.
  package static let mostSteps = 1 << 26
  /// Bytes of a name in which a part is looked for.
  private static let mostBytes = 1000

  private let names: [String]
  private let prepared: [Name]

  /// Prepares some names.
  /// - Complexity: O(names).
  package init(_ names: [String]) {
    self.names = names
    prepared = names.enumerated().map { place, name in
      let letters = Array(name.lowercased().utf8.prefix(Self.mostLetters))
      return Name(place: place, letters: letters, counts: LetterCounts(letters))
    }
  }

  /// The name nearest to what was typed; nil when none is near, or that takes too long to be known.
  ///
  /// - Parameters:
  ///   - argument: What was typed.
  ///   - work: The steps that were taken so far; no guess is made beyond `mostSteps`.
  /// - Returns: A name as it was given.
  package func nearest(to argument: String, work: inout Int) -> String? {
    let typed = Array(
      argument.drop { $0 == "-" }.lowercased().utf8.prefix(Self.mostLetters + 1))
    guard (2...Self.mostLetters).contains(typed.count), work < Self.mostSteps else { return nil }
    let counts = LetterCounts(typed)
    var best: Int?
    // What is nearer is looked for, or else anything that is near.
    var limit = max(1, typed.count / 3)
    var containing: [Int] = []
    for name in prepared {
      work += 1
      if limit >= 0, abs(name.letters.count - typed.count) <= limit,
        counts.leastDistance(to: name.counts) <= limit
      {
        work += typed.count * name.letters.count
        guard work < Self.mostSteps else { return nil }
        let distance = Suggestion.distance(typed, name.letters)
        if distance <= limit { (best, limit) = (name.place, distance - 1) }
      }
      if best == nil, containing.count < 2, typed.count >= 3 {
        let text = names[name.place].utf8.prefix(Self.mostBytes)
        work += text.count
        if Self.contains(Array(text), typed) { containing.append(name.place) }
      }
    }
    guard best == nil else { return best.map { names[$0] } }
    return containing.count == 1 ? names[containing[0]] : nil
  }

  private static func contains(_ letters: [UInt8], _ part: [UInt8]) -> Bool {
    guard letters.count >= part.count else { return false }
    return (0...(letters.count - part.count)).contains { start in
      letters[start] == part[0] && letters[start..<start + part.count].elementsEqual(part)
    }
  }
}

/// How often letters occur, in 16 groups: names with other letters are not compared letter by letter.
private struct LetterCounts {
  private var counts = SIMD16<UInt8>(repeating: 0)

  init(_ letters: [UInt8]) {
    for letter in letters { counts[Int(letter & 15)] &+= 1 }
  }

  /// A distance that texts with these letters have at least: every edit takes away one letter and
  /// adds one, at most.
  func leastDistance(to other: LetterCounts) -> Int {
    let isMore = counts .> other.counts
    let more = (counts &- other.counts).replacing(with: 0, where: .!isMore)
    let less = (other.counts &- counts).replacing(with: 0, where: isMore)
    return max(Int(more.wrappedSum()), Int(less.wrappedSum()))
  }
}
