/// A table that was read but cannot be compared.
struct InputError: Error, CustomStringConvertible {
  /// The file as the user gave it.
  let file: String
  /// What was found, what was expected, what to do.
  let detail: String

  var description: String { "\(file): \(detail)" }
}
