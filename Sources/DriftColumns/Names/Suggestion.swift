/// Guesses what a mistyped name was meant to be.
package enum Suggestion {
  /// The name nearest to what was typed; nil when none is near, and when the search would take long.
  ///
  /// Near is: at most a third of the letters off, or the only name of which it is a part.
  /// - Complexity: O(names), and `mostSteps` for names that are similar.
  package static func nearest(to argument: String, among names: [String]) -> String? {
    var work = 0
    return SuggestedNames(names).nearest(to: argument, work: &work)
  }

  /// The optimal string alignment distance: insertions, deletions, substitutions and swaps of two
  /// neighbours (Damerau 1964; no substring is edited twice).
  /// - Complexity: O(a.count * b.count).
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
