internal import CProcess

/// The command line as the system handed it over.
package enum ProgramArguments {
  /// The words, the program's name first. Those of `CommandLine` come from `/proc/self/cmdline`: none,
  /// without an error, when that cannot be opened.
  package static var words: [String] {
    var count: Int32 = 0
    guard let words = drift_program_arguments(&count) else { return [] }
    return (0..<Int(count)).compactMap { words[$0].map { String(cString: $0) } }
  }
}
