internal import DriftDetection

/// The two numbers from which a test warns and fails: WARN comes no later than FAIL. A flag, a variable, a
/// key of a configuration file and one of a single column in it all set the same threshold.
struct LimitPair: Sendable {
  /// One of the numbers.
  struct Limit: Sendable {
    /// The name of the flag and of the keys.
    let name: String
    /// The threshold.
    let path: any WritableKeyPath<Thresholds, Double> & Sendable
  }

  /// From where the test warns.
  let warn: Limit
  /// From where it fails.
  let fail: Limit
  /// Whether they are levels of significance: the smaller number is FAIL's then.
  var areLevels = false
  /// What they are, to be followed by the status.
  let says: String
  /// What is said of FAIL besides for a single column.
  var columnNote = ""
  /// What stands for the number in the help.
  let metavar: String
  /// Where the help has the flags.
  let section: Flag.Section
  /// Whether they mean something for numeric columns only.
  var isNumericOnly = false
  /// Whether they mean something for categorical columns only.
  var isLevelsOnly = false

  /// The limits in the order of the help.
  var limits: [Limit] { areLevels ? [fail, warn] : [warn, fail] }
  private var range: NumberRange { areLevels ? .probability : .nonNegative }

  /// Whether FAIL would come before WARN.
  func isReversed(warn: Double, fail: Double) -> Bool { areLevels ? warn < fail : warn > fail }

  /// Their flags.
  var flags: [Flag] {
    limits.map { limit in
      .value(
        limit.name, section, metavar: metavar,
        default: "\(Thresholds()[keyPath: limit.path])", valueType: .number(range),
        help: "\(says) \(limit.name == warn.name ? "WARN" : "FAIL").",
        set: { options, text throws(InvalidValue) in
          options.configuration.thresholds[keyPath: limit.path] =
            try ValueParser.number(text, in: range)
        })
    }
  }

  /// Their keys below a single column.
  var keys: [OverrideKey] {
    let says = says.replacing("a feature", with: "the column")
    return limits.map { limit in
      OverrideKey(
        name: limit.name, value: .number(range), isNumericOnly: isNumericOnly,
        isLevelsOnly: isLevelsOnly,
        help: "\(says) \(limit.name == warn.name ? "WARN" : "FAIL" + columnNote).",
        set: { override, text throws(InvalidValue) in
          override.limits[limit.name] = try ValueParser.number(text, in: range)
        }, clear: { $0.limits[limit.name] = nil }, text: { $0.limits[limit.name].map { "\($0)" } })
    }
  }

  /// Gives a column its own limits in the place of those of all. What is not given gives way.
  func override(_ thresholds: inout Thresholds, by own: [String: Double]) {
    for limit in limits {
      if let value = own[limit.name] { thresholds[keyPath: limit.path] = value }
    }
    let (warned, failed) = (thresholds[keyPath: warn.path], thresholds[keyPath: fail.path])
    guard isReversed(warn: warned, fail: failed) else { return }
    if own[fail.name] == nil {
      thresholds[keyPath: fail.path] = warned
    } else {
      thresholds[keyPath: warn.path] = failed
    }
  }
}
