internal import DriftColumns
internal import DriftStatistics

/// What a model makes of its features: how much of the weight of all each of them holds.
struct Importance: Sendable {
  /// Features that hold less than this together do not gate.
  static let negligible = 0.05

  /// The shares of the features that are checked and have a weight.
  private let shares: [Level: Double]
  /// The smallest of them, which hold next to nothing together.
  private let small: Set<Level>
  /// What there is to say of the weights.
  private(set) var remarks: [Remark] = []

  /// - Parameters:
  ///   - weights: The weights by feature; those below 0 count as 0.
  ///   - features: The names of the features that are checked.
  ///   - columns: The names of all columns of the baseline.
  init(_ weights: [String: Double], features: [String], columns: [String]) {
    let given = Dictionary(
      weights.map { (Level($0.key), max(0, $0.value)) }, uniquingKeysWith: { first, _ in first })
    let known = features.compactMap { name in
      given[Level(name)].map { (name: name, weight: $0) }
    }
    // Divided before they are added up, so that no sum overflows.
    let largest = known.map(\.weight).max() ?? 0
    let total = largest > 0 ? known.reduce(0) { $0 + $1.weight / largest } : 0
    let parts = known.map { total > 0 ? $0.weight / largest / total : 0 }
    shares = Dictionary(
      zip(known, parts).map { (Level($0.name), $1) }, uniquingKeysWith: { first, _ in first })
    small = total > 0 ? Self.small(zip(known, parts).map { (Level($0.name), $1) }) : []
    remarks = notes(weights, features: features, columns: columns)
  }

  /// The features with the smallest shares that hold less than `negligible` together. Equal ones stay
  /// together, so that nothing depends on their order.
  private static func small(_ shares: [(name: Level, share: Double)]) -> Set<Level> {
    var found: Set<Level> = []
    var sum = 0.0
    let ascending = shares.sorted { $0.share < $1.share }
    var start = 0
    while start < ascending.count {
      let equal = ascending[start...].prefix { $0.share == ascending[start].share }
      sum += equal.reduce(0) { $0 + $1.share }
      // Shares that were rounded on the way may add up to a little less.
      guard sum < negligible * (1 - 1e-9) else { break }
      found.formUnion(equal.map(\.name))
      start = equal.endIndex
    }
    return found
  }

  /// A feature's share of the weight; nil where it has no weight.
  func share(_ feature: String) -> Double? { shares[Level(feature)] }

  /// Whether a feature is one of those that hold next to nothing together.
  func isNegligible(_ feature: Level) -> Bool { small.contains(feature) }

  private func notes(_ weights: [String: Double], features: [String], columns: [String])
    -> [Remark]
  {
    let all = Set(columns.map { Level($0) }).union(features.map { Level($0) })
    let names = weights.keys.sorted { Level($0) < Level($1) }
    var notes: [Remark] = []
    func add(_ text: String, _ names: [String]) {
      if !names.isEmpty { notes.append("importance: \(text): \(NameList.first(names))") }
    }
    var search = NameSearch(columns)
    let strangers = names.filter { !all.contains(Level($0)) }
    add(
      "weights of columns that the baseline does not have",
      strangers.prefix(NameList.most).map { name in
        search.nearest(to: name).map { "\(name) (\($0.question))" } ?? name
      } + strangers.dropFirst(NameList.most))
    add(
      "weights below 0 count as 0",
      names.filter { all.contains(Level($0)) && (weights[$0] ?? 0) < 0 })
    return notes
  }

  /// What follows for features of which nothing else says whether they gate.
  func consequences(_ features: [String]) -> [Remark] {
    var notes: [Remark] = []
    let unknown = features.filter { share($0) == nil }
    if !unknown.isEmpty {
      let verb = unknown.count == 1 ? "it gates" : "they gate"
      notes.append("importance: no weight, and so \(verb): \(NameList.first(unknown))")
    }
    let quiet = features.filter { isNegligible(Level($0)) }
    if !quiet.isEmpty {
      let sum = quiet.reduce(0) { $0 + (share($1) ?? 0) }
      let verb = quiet.count == 1 ? "it does" : "they do"
      notes.append(
        Remark(
          "importance: \(NumberText.percent(sum)) of the weight"
            + (quiet.count == 1 ? "" : " together")
            + ", and so \(verb) not gate: \(NameList.first(quiet))"))
    }
    return notes
  }
}

/// The first of many names.
enum NameList {
  /// As many are named.
  static let most = 10

  static func first(_ names: [String]) -> String {
    names.prefix(most).joined(separator: ", ")
      + (names.count > most ? " and \(names.count - most) more" : "")
  }
}
