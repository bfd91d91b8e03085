/// The name that was meant, probably, by one that is not there.
package struct NearestName: Sendable, Hashable {
  /// The name.
  package let name: String
  /// How it differs, where it is the same for a reader.
  package let difference: WritingDifference?

  /// A question, to be put behind what is missing.
  package var question: String {
    let question = "did you mean '\(name.showingInvisible)'?"
    return difference.map { "\(question) the names differ by \($0)" } ?? question
  }
}

/// Names among which the nearest is looked for.
package struct NameSearch {
  private let byForm: [WritingDifference.Form: String]
  private let suggested: SuggestedNames
  private var work = 0

  /// Prepares some names.
  /// - Complexity: O(names).
  package init(_ names: [String]) {
    byForm = Dictionary(
      names.map { (WritingDifference.Form($0), $0) }, uniquingKeysWith: { first, _ in first })
    suggested = SuggestedNames(names)
  }

  /// The nearest name; nil when none is near, or when that takes too long to be known.
  package mutating func nearest(to name: String) -> NearestName? {
    if let same = byForm[WritingDifference.Form(name)] {
      return NearestName(name: same, difference: WritingDifference(same, name))
    }
    return suggested.nearest(to: name, work: &work).map {
      NearestName(name: $0, difference: nil)
    }
  }
}
