internal import DriftColumns

/// What there is to say of the names of columns.
extension DriftDetector {
  /// For the places of features that are gone, which of the other columns was meant, probably.
  func nearestNames(in current: CurrentData) -> [Int: String] {
    let gone = features.indices.filter { current.profiles[$0] == nil }
    guard !gone.isEmpty else { return [:] }
    let known = Set(features.map { Level($0.name) })
    var search = NameSearch(current.names.filter { !known.contains(Level($0)) })
    var found: [Int: String] = [:]
    for place in gone {
      found[place] = search.nearest(to: features[place].name)?.question
    }
    return found
  }

  /// Names with characters that are not seen, on either side.
  func oddNames(in current: CurrentData) -> [String] {
    let names = features.map(\.name)
    let known = Set(names.map { Level($0) })
    return (names + current.names.filter { !known.contains(Level($0)) }).filter { name in
      !name.oddScalars.isEmpty || name.first == " " || name.last == " "
    }.map { "'\($0.showingInvisible)'" }
  }
}
