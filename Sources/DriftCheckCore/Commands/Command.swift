/// What the program can be asked to do. A command is this type and its line in `CommandTable`: parsing,
/// help, manual page and completions follow from what it says of itself.
package protocol Command: Sendable {
  /// The word that asks for it.
  static var name: String { get }
  /// What it does, for the manual page.
  static var summary: String { get }
  /// Its usage line, without a heading.
  static var usage: String { get }
  /// Its flags, in any order; of flags of the same name in several commands the first one counts.
  static var flags: [Flag] { get }
  /// Those of them that variables and configuration files do not set.
  static var flagsWithoutSetting: Set<String> { get }
  /// Whether files are named without a flag.
  static var takesFiles: Bool { get }
  /// Checks options as a whole.
  ///
  /// - Throws: `UsageError` for missing flags and contradictions.
  static func check(_ builder: OptionsBuilder) throws(UsageError)

  /// Prepares a run. Whatever can be refused before the work is refused here.
  init(_ options: CheckOptions, in process: RunContext) throws
  /// Does the work.
  ///
  /// - Returns: How the program ends.
  func run() throws -> ExitCode
}

extension Command {
  /// Other commands write something else than the report whose path a file of settings has.
  package static var flagsWithoutSetting: Set<String> { ["output"] }
  package static var takesFiles: Bool { false }
}
