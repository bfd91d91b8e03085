/// Guesses what a mistyped name was meant to be.
enum Suggestion {
  /// The flag nearest to `argument`, with its dashes; nil when none is near.
  static func flag(for argument: String) -> String? {
    nearest(to: argument, among: FlagTable.available.map(\.name)).map { "--" + $0 }
  }

  /// The name nearest to what was typed; nil when none is near.
  ///
  /// Near is: at most a third of the letters off, or the only name of which it is a part.
  /// - Complexity: O(names * length^2); what is much longer than any flag is near none.
  static func nearest(to argument: String, among names: [String]) -> String? {
    let typed = Array(argument.drop { $0 == "-" }.lowercased().utf8)
    guard (2...100).contains(typed.count) else { return nil }
    let candidates = names.map { name in
      (name: name, distance: distance(typed, Array(name.lowercased().utf8.prefix(100))))
    }
    if let best = candidates.min(by: { $0.distance < $1.distance }),
      best.distance <= max(1, typed.count / 3)
    {
      return best.name
    }
    let containing = names.filter { name in
      typed.count >= 3 && name.utf8.contains(sequence: typed)
    }
    return containing.count == 1 ? containing[0] : nil
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

extension String.UTF8View {
  fileprivate func contains(sequence: [UInt8]) -> Bool {
    let bytes = Array(self)
    guard bytes.count >= sequence.count else { return false }
    return (0...(bytes.count - sequence.count)).contains {
      bytes[$0..<($0 + sequence.count)].elementsEqual(sequence)
    }
  }
}
