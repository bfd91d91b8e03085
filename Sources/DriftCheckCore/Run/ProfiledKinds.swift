internal import DriftDetection
internal import Tabular

/// What the columns of a table in several files are read as: guessed by the first rows, found out by
/// all of them.
struct ProfiledKinds {
  /// Guesses, and what was found out.
  private var kinds: [ByteString: ColumnRequest] = [:]
  /// The columns whose kind was found out.
  private var known = Set<ByteString>()
  /// The cells of the columns whose kind was guessed, in all files so far.
  private var counted: [ByteString: CellKinds] = [:]
  /// What was noticed in columns that were read as something else than they are.
  private var noticed: [ByteString: ColumnDetails] = [:]

  /// Whether the files are read another time.
  var isAgain: Bool { !known.isEmpty }

  /// What is read of the columns of a file.
  ///
  /// - Parameters:
  ///   - names: Its columns.
  ///   - wanted: What is wanted of them.
  ///   - guesses: The same, guessed by the first rows of this file.
  /// - Returns: What was guessed by the first file, or found out, of those that are automatic.
  mutating func requests(
    _ names: [String], _ wanted: [ColumnRequest], guesses: [ColumnRequest]
  ) -> [ColumnRequest] {
    names.indices.map { index in
      guard wanted[index] == .automatic else { return wanted[index] }
      let name = ByteString(names[index])
      if let kind = kinds[name] { return kind }
      kinds[name] = guesses[index]
      return guesses[index]
    }
  }

  /// Takes what was counted in a file.
  mutating func add(_ counts: TableCounts) {
    for column in counts.columns {
      let name = ByteString(column.name)
      guard let found = column.kinds, !known.contains(name) else { continue }
      counted[name, default: CellKinds()].add(found)
      // Of a column of levels the profile knows it.
      guard !column.isText else { continue }
      noticed[name, default: ColumnDetails()].merge(
        ColumnDetails(
          invalid: [], first: ColumnDetails(column).first, numbers: found.numbers,
          times: found.times))
    }
  }

  /// The first column, by its bytes, that was read as something else than it is, and what it is.
  var misread: (name: String, kind: ColumnRequest)? {
    let wrong = counted.filter { $0.value.request != kinds[$0.key] }
    return wrong.min { $0.key < $1.key }.map { ($0.key.description, $0.value.request) }
  }

  /// Forgets what was counted: the files are read again, as what was found out.
  mutating func begin() {
    for (name, cells) in counted where cells.request != kinds[name] {
      kinds[name] = cells.request
      known.insert(name)
    }
    counted = [:]
    noticed = noticed.filter { known.contains($0.key) }
  }

  /// Adds to a profile what was noticed before its files were read again.
  func complete(_ profile: inout DatasetProfile) {
    for place in profile.columns.indices where profile.columns[place].kind == .categorical {
      let name = ByteString(profile.columns[place].name)
      guard known.contains(name), let details = noticed[name] else { continue }
      profile.columns[place].details.merge(details)
    }
  }
}
