/// One flag of the command line. Parsing, help, completion scripts and tests all read this value.
package struct Flag: Sendable {
  /// How many values the flag takes.
  package enum Arity: Sendable, Hashable {
    /// None; may be given again, to no effect.
    case toggle
    /// One; may be given once.
    case single
    /// One, a comma list; values of repeated flags are put together.
    case list
    /// One or more words, up to the next flag; may be given again.
    case many
    /// One or none.
    case optional
  }

  /// What the flag does.
  package enum Action: Sendable {
    /// Sets an option to a value (empty for a toggle).
    case set(@Sendable (inout CheckOptions, String) throws(InvalidValue) -> Void)
    /// Prints the help.
    case help
    /// Prints the version.
    case version
    /// Prints a completion script.
    case completionScript
    /// Names the configuration file.
    case configuration
    /// Prints the configuration that is in force.
    case printConfiguration
    /// Prints the manual page.
    case manualPage
  }

  /// What a shell offers for the value.
  package enum Completion: Sendable, Hashable {
    /// Nothing.
    case none
    /// Files.
    case file
    /// These words.
    case words([String])
  }

  /// What a flag with one value takes.
  package enum ValueType: Sendable, Hashable {
    /// Text.
    case text
    /// A number.
    case number(NumberRange)
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// A whole number of 64 bits that is not negative.
    case unsigned
  }

  /// A part of the help, in this order.
  package enum Section: String, Sendable, CaseIterable {
    /// What is read.
    case input = "INPUT OPTIONS"
    /// Population stability index.
    case psi = "POPULATION STABILITY INDEX (PSI) OPTIONS"
    /// Welch's test.
    case meanShift = "MEAN SHIFT OPTIONS"
    /// Maximum mean discrepancy.
    case mmd = "MAXIMUM MEAN DISCREPANCY (MMD) OPTIONS"
    /// Levels and exit code.
    case verdict = "VERDICT OPTIONS"
    /// What is written.
    case output = "OUTPUT OPTIONS"
    /// Metrics for Prometheus.
    case metrics = "METRICS OPTIONS"
    /// What a profile holds.
    case profile = "PROFILE OPTIONS"
    /// The rest.
    case general = "OPTIONS"
  }

  /// The long name, without dashes.
  package let name: String
  /// The one-letter name.
  package var short: Character?
  /// What stands for the value in the help, without brackets; nil for toggles.
  package var metavar: String?
  /// How many values it takes.
  package let arity: Arity
  /// The default as the help shows it.
  package var defaultText: String?
  /// The only words it takes; empty when the value is free.
  package var values: [String] = []
  /// What its one value is.
  package var valueType = ValueType.text
  /// One or two sentences.
  package let help: String
  /// Where the help has it.
  package let section: Section
  /// What a shell offers.
  package var completion = Completion.none
  /// What it does.
  package let action: Action

  /// The flag with its dashes.
  package var spelling: String { "--" + name }

  /// The flag with its value, as in `--alpha <p>`.
  package var label: String {
    guard let metavar else { return spelling }
    return switch arity {
    case .toggle: spelling
    case .single, .list: "\(spelling) <\(metavar)>"
    case .many: "\(spelling) <\(metavar)> ..."
    case .optional: "\(spelling) [<\(metavar)>]"
    }
  }

  /// Whether it can be set by a key of a configuration file and by a variable.
  package var isSetting: Bool {
    if case .set = action { true } else { false }
  }

  /// The environment variable that stands for it, such as `DRIFT_CHECK_PSI_WARN`.
  package var variable: String {
    "DRIFT_CHECK_" + String(name.map { $0 == "-" ? "_" : $0 }).uppercased()
  }

  /// A value of a flag as messages show it: not when it holds credentials, which others could read.
  static func shown(_ value: String, of name: String) -> String {
    name == "pushgateway" && (value.contains("@") || value.contains("?")) ? "***" : value
  }
}

extension [Flag] {
  /// The flag that an argument spells, as `--name` or `-n`, without a value.
  package func flag(spelled argument: String) -> Flag? {
    first { $0.spelling == argument || $0.short.map { "-\($0)" } == argument }
  }
}
