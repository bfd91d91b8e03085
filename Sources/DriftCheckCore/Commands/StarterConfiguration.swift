internal import DriftDetection
internal import DriftReport

/// A configuration file for the columns of a table: what was found, what is left out and why, and the
/// limits to choose from.
struct StarterConfiguration {
  private let options: CheckOptions
  private let table: DatasetProfile
  private let warnings: [String]

  /// - Parameters:
  ///   - options: How the table was read.
  ///   - table: The table.
  ///   - warnings: What was noticed while it was read.
  init(_ options: CheckOptions, _ table: DatasetProfile, warnings: [String]) {
    self.options = options
    self.table = table
    self.warnings = warnings
  }

  /// The file, with a line feed at the end.
  var text: String {
    // Features of time are made of a column that is read.
    let left = table.columns.filter { $0.kind != .time || options.timeFeatures.isEmpty }.compactMap
    { column in
      UnfitColumn(column).map { (name: column.name, reason: $0.reason) }
    }
    let leftOut = Set(left.map(\.name))
    let fit = table.columns.filter { !leftOut.contains($0.name) }
    var lines = [
      "# Made by drift-check \(Version.current) from \(table.rowCount) rows. To check with it:",
      "#   drift-check --config drift.yaml --current tonight.csv",
    ]
    lines += warnings.map { "# \(PlainText.neutralised($0))" }
    lines += ["baseline: \(Self.list(options.inputs))"] + reading
    lines += ["", "# What the columns are: a later file cannot change it."]
    for (key, kind) in [("numeric", ColumnKind.numeric), ("categorical", .categorical)] {
      let names = fit.filter { $0.kind == kind }.map { YAMLText.scalar($0.name) }
      if !names.isEmpty { lines += Self.block(key, names.map { ($0, nil) }) }
    }
    if !left.isEmpty {
      lines += ["", "# Columns that are not compared, and why."]
      lines += Self.block("exclude", left.map { (YAMLText.scalar($0.name), $0.reason) })
    }
    lines += ["", "# The limits, as they are without this file: take a '#' away to change one."]
    for limit in LimitPair.all.flatMap(\.limits) {
      lines.append("# \(limit.name): \(Thresholds()[keyPath: limit.path])")
    }
    lines += ["", "# Limits of single columns."] + overrides(fit)
    lines += [
      "", "# What decides the exit code: some columns, or those that the model makes something of.",
      "# gate: \(YAMLText.list(fit.prefix(2).map(\.name)))", "# importance: importance.csv",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a reader cannot find by itself, as it was given.
  private var reading: [String] {
    let dialect = options.dialect
    var lines: [String] = []
    func add(_ key: String, _ value: String?) {
      if let value { lines.append("\(key): \(value)") }
    }
    add(
      "time-features",
      options.timeFeatures.isEmpty ? nil : YAMLText.list(options.timeFeatures.map(\.rawValue)))
    add("missing-values", options.missingValues.map(Self.list))
    add(
      "delimiter", options.delimiter.map { YAMLText.scalar(String(decoding: [$0], as: UTF8.self)) })
    add("decimal", dialect.decimal == .point ? nil : dialect.decimal.rawValue)
    add("thousands", dialect.thousands.first.map(YAMLText.scalar))
    add("comment", dialect.comment.map { YAMLText.scalar(String(decoding: [$0], as: UTF8.self)) })
    add("skip-rows", dialect.skippedRows > 0 ? "\(dialect.skippedRows)" : nil)
    add("encoding", dialect.encoding.map(YAMLText.scalar))
    return lines
  }

  private func overrides(_ columns: [ColumnProfile]) -> [String] {
    guard let column = columns.first else { return [] }
    return [
      "# \(ConfigurationFile.overridesKey):", "#   \(YAMLText.scalar(column.name)):",
      "#     psi-fail: 0.4",
    ]
  }

  private static func list(_ items: [String]) -> String {
    items.count == 1 ? YAMLText.scalar(items[0]) : YAMLText.list(items)
  }

  private static func block(_ key: String, _ items: [(name: String, reason: String?)]) -> [String] {
    ["\(key):"]
      + items.map { item in
        "  - \(item.name)" + (item.reason.map { "  # \($0)" } ?? "")
      }
  }
}
