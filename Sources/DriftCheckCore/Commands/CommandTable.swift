/// Some commands, and the flags that they take.
package struct CommandTable: Sendable {
  /// The commands of the program.
  package static let current = CommandTable([
    Check.self,
    Profile.self,
    Merge.self,
    MMDShard.self,
    Initialise.self,
  ])

  /// The commands; the first one is done where none is named.
  package let commands: [any Command.Type]
  /// The flags of all commands, each one once, in the order of the help.
  package let flags: [Flag]

  /// A table of commands.
  package init(_ commands: [any Command.Type]) {
    self.commands = commands
    var names: Set<String> = []
    let all = commands.flatMap { $0.flags }.filter { names.insert($0.name).inserted }
    flags = Flag.Section.allCases.flatMap { section in all.filter { $0.section == section } }
  }

  /// The names of the commands.
  package var names: [String] { commands.map { $0.name } }

  /// The commands that must be named.
  var named: [any Command.Type] { Array(commands.dropFirst()) }

  /// The names of the commands whose words are files.
  var takingFiles: [String] { commands.filter { $0.takesFiles }.map { $0.name } }

  /// The command of a name.
  func command(named name: String) -> (any Command.Type)? { commands.first { $0.name == name } }

  /// The flags of a command, in the order of the help.
  package func flags(of command: any Command.Type) -> [Flag] {
    let names = Set(command.flags.map(\.name))
    return flags.filter { names.contains($0.name) }
  }

  /// The names of the commands that take a flag.
  func names(taking flag: Flag) -> [String] {
    commands.filter { $0.flags.contains { $0.name == flag.name } }.map { $0.name }
  }

  /// What a command takes.
  package func syntax(of command: any Command.Type) -> CommandSyntax {
    let own = flags(of: command)
    let settings = own.filter { $0.isSetting && !command.flagsWithoutSetting.contains($0.name) }
    return CommandSyntax(
      name: command.name, takesFiles: command.takesFiles, flags: own, settings: settings,
      allFlags: flags)
  }
}
