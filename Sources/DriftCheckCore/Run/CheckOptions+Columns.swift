internal import CInstructionSets
internal import DriftDetection
internal import Tabular

extension CheckOptions {
  /// How tables are read.
  func csv(_ instructionSet: InstructionSet) -> CSVOptions {
    var csv = CSVOptions()
    csv.instructionSet = instructionSet
    if let delimiter { csv.delimiter = delimiter } else { csv.findsDelimiter = true }
    csv.comment = dialect.comment
    csv.skippedLines = dialect.skippedRows
    csv.numbers = NumberNotation(
      point: dialect.decimal == .comma ? UInt8(ascii: ",") : UInt8(ascii: "."),
      separators: dialect.thousands.map { Array($0.utf8) })
    csv.encoding = dialect.encoding.flatMap { TextEncoding($0) }
    csv.readingMemory = MemoryBudget.forReading(memoryBudget)
    if let missingValues { csv.missingValues = Self.missingWords(missingValues) }
    return csv
  }

  /// The texts that mean "no value": those of a list, or, behind a plus sign, these and the usual ones.
  private static func missingWords(_ list: [String]) -> Set<ByteString> {
    guard let first = list.first, first.hasPrefix("+") else {
      return Set(list.map { ByteString($0) })
    }
    let added = [String(first.dropFirst())] + list.dropFirst()
    return CSVOptions.defaultMissingValues.union(added.map { ByteString($0) })
  }

  /// What is wanted of a column, by its name. Those without a name are left out unless they are asked
  /// for by their number.
  func requests(unnamed: [String]) -> (String) -> ColumnRequest {
    let leftOut = Set(self.leftOut(ofUnnamed: unnamed).map { ByteString($0) })
    let excluded = Set(configuration.excluded.map { ByteString($0) })
    let wanted = configuration.features.map { Set($0.map { ByteString($0) }) }
    let categorical = Set(categorical.map { ByteString($0) })
    let numeric = Set(numeric.map { ByteString($0) })
    return { name in
      let key = ByteString(name)
      if excluded.contains(key) || leftOut.contains(key) || wanted?.contains(key) == false {
        return .skip
      }
      return categorical.contains(key) ? .text : numeric.contains(key) ? .numeric : .automatic
    }
  }

  /// The columns without a name that nothing asks for.
  func leftOut(ofUnnamed unnamed: [String]) -> [String] {
    guard !unnamed.isEmpty else { return [] }
    let asked = Set(
      ((configuration.features ?? []) + categorical + numeric + configuration.excluded).map {
        ByteString($0)
      })
    return unnamed.filter { !asked.contains(ByteString($0)) }
  }

  /// Refuses weights of other columns than those that are there.
  private func requireCommonWeight(_ names: [String], file: String) throws(ImportanceError) {
    guard let importance, let weights = configuration.importance else { return }
    let known = Set(names.map { ByteString($0) })
    guard !weights.keys.contains(where: { known.contains(ByteString($0)) }) else { return }
    let first = weights.keys.min { ByteString($0) < ByteString($1) } ?? ""
    var search = NameSearch(names)
    let some = names.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
    throw ImportanceError(
      file: importance,
      "none of its \(weights.count) features, such as '\(first)', is a column of \(file)"
        + (search.nearest(to: first).map { "; \($0.question)" }
          ?? ", whose columns are \(some)\(names.count > 10 ? ", ..." : "")"))
  }

  /// Refuses columns that are asked for and not there, and more than memory holds.
  ///
  /// - Throws: `ConfigurationError` for those of a configuration file, else `InputError`.
  func requireKnown(_ names: [String], file: String) throws {
    try requireKnownOverrides(names, file: file)
    let known = Set(names.map { ByteString($0) })
    let asked = [
      ("--features", configuration.features ?? []), ("--categorical", categorical),
      ("--numeric", numeric), ("--gate", configuration.gating ?? []),
    ]
    for (flag, features) in asked {
      for feature in features where !known.contains(ByteString(feature)) {
        var search = NameSearch(names)
        if let nearest = search.nearest(to: feature) {
          throw InputError(
            file: file,
            detail: "no column '\(feature)', which \(flag) asks for; \(nearest.question)")
        }
        let some = names.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
        throw InputError(
          file: file,
          detail: "no column '\(feature)', which \(flag) asks for; the columns are \(some)"
            + (names.count > 10 ? ", ..." : ""))
      }
    }
    try requireCommonWeight(names, file: file)
    try requireRoom(forColumns: names, file: file)
  }
}
