/// How likely it is, without drift, that few values look as if everything had changed: with all values
/// of both sides in a random order, of which the first ones are the baseline.
package enum Chance {
  /// That two different values, so many of one and so many of the other, lie each on a side of its own.
  ///
  /// 1 / C(n + m, m), and twice as much when both are as many, as the sides may be swapped then.
  package static func ofSeparation(_ one: Int, _ other: Int) -> Double {
    let (few, all) = (min(one, other), one + other)
    guard few > 0 else { return 1 }
    var chance = one == other ? 2.0 : 1.0
    for place in 1...few {
      chance *= Double(place) / Double(all - few + place)
      if chance < 1e-300 { return 0 }
    }
    return min(1, chance)
  }

  /// That none of `rows` rows has a value when so many of `others` rows have one.
  ///
  /// C(n, k) / C(n + m, k) = C(n + m - k, m) / C(n + m, m), with k values in n other rows.
  /// - Complexity: O(values or rows), whichever are fewer.
  package static func ofNone(in rows: Int, when values: Int, of others: Int) -> Double {
    let all = others + rows
    let (more, few) = (max(values, rows), max(0, min(values, rows)))
    var chance = 1.0
    for place in 0..<few {
      chance *= Double(all - more - place) / Double(all - place)
      if chance < 1e-300 { return 0 }
    }
    return chance
  }
}
