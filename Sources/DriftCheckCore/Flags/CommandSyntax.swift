/// What a command takes on its command line, for those who read it.
package struct CommandSyntax: Sendable {
  /// The command's name.
  let name: String
  /// Whether files are named without a flag.
  let takesFiles: Bool
  /// Its flags.
  let flags: [Flag]
  /// Those of them that variables and configuration files set.
  let settings: [Flag]
  /// The flags of all commands, which have different names, in the order of the help.
  let allFlags: [Flag]

  /// Whether it takes a flag.
  func takes(_ flag: Flag) -> Bool { flags.contains { $0.name == flag.name } }
}
