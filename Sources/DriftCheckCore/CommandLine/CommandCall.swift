/// A command and what it is asked to do.
package struct CommandCall: Sendable, Equatable {
  /// The command.
  package let command: any Command.Type
  /// What it is asked for.
  package let options: CheckOptions

  /// A command with its options.
  package init(_ command: any Command.Type, _ options: CheckOptions) {
    self.command = command
    self.options = options
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.command == right.command && left.options == right.options
  }
}
