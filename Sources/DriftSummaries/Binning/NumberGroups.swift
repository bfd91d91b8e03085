/// The different numbers of a column that has few of them, those together that are the same.
struct NumberGroups {
  /// Numbers that are the same.
  struct Group {
    /// The most frequent of them, or 0 where it is one of them: what they are called.
    var name: Double
    /// Its rows.
    fileprivate var nameCount: Int
    /// The smallest, from which on they are the same.
    let first: Double
    /// The largest.
    fileprivate(set) var last: Double
    /// The rows of all.
    fileprivate(set) var count: Int
  }

  /// The groups, ascending.
  let groups: [Group]
  /// What is the same.
  let equality: EqualNumbers

  /// Numbers that differ by bits, up to which a column may be one of few.
  static func mostSpellings(groups: Int) -> Int { max(256, groups) }

  /// Nil when there are more than `limit` groups.
  ///
  /// - Parameters:
  ///   - counts: The different numbers, ascending, with their rows.
  ///   - deviation: The standard deviation of the column.
  ///   - limit: How many groups are few.
  init?(_ counts: [(value: Double, count: Int)], deviation: Double?, limit: Int) {
    equality = EqualNumbers(deviation: deviation, spread: Self.spread(counts))
    var groups: [Group] = []
    for (value, count) in counts {
      if let group = groups.last, equality.areSame(group.first, value) {
        let place = groups.count - 1
        groups[place].last = value
        groups[place].count += count
        if count > group.nameCount {
          (groups[place].name, groups[place].nameCount) = (value, count)
        }
      } else {
        guard groups.count < limit else { return nil }
        groups.append(Group(name: value, nameCount: count, first: value, last: value, count: count))
      }
    }
    for place in groups.indices where (groups[place].first...groups[place].last).contains(0) {
      groups[place].name = 0
    }
    self.groups = groups
  }

  /// Whether there are more groups than a limit whatever further numbers there are.
  static func areMany(_ counts: [(value: Double, count: Int)], deviation: Double?, limit: Int)
    -> Bool
  {
    let widest = EqualNumbers(scale: deviation ?? 0)
    var (groups, first) = (0, Double.nan)
    for (value, _) in counts where groups == 0 || !widest.areSame(first, value) {
      (groups, first) = (groups + 1, value)
      if groups > limit { return true }
    }
    return false
  }

  /// The distance between the hundredths at both ends.
  private static func spread(_ counts: [(value: Double, count: Int)]) -> Double {
    let ranks = Quantiles.ends(count: counts.reduce(0) { $0 + $1.count })
    func value(at rank: Int) -> Double {
      var before = 0
      for (value, count) in counts {
        before += count
        if rank < before { return value }
      }
      return 0
    }
    return ranks.isEmpty ? 0 : value(at: ranks[1]) - value(at: ranks[0])
  }
}
