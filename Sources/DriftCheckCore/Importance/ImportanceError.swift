/// A file of weights of features that cannot be used.
///
/// It ends the program with `ExitCode.data`, or `ExitCode.noInput` where there is no such file.
package struct ImportanceError: Error, CustomStringConvertible {
  /// Whether the file cannot be read at all.
  package let isNoInput: Bool
  /// Where, what was found, what was expected and what to do.
  package let description: String

  /// A mistake at a place.
  init(at place: TextPlace, _ message: String) {
    self.init(.init(.invalidValue, at: place, message))
  }

  /// A mistake of a file as a whole.
  init(file: String, _ message: String) {
    self.init(.init(.invalidValue, .file(file), message))
  }

  /// What is said of its text.
  init(_ problem: ConfigurationError.Problem) {
    isNoInput = problem.code == .unreadable
    description = problem.description
  }
}
