/// What a user calls the settings that notes advise: a program names its flags.
package struct ProgramWords: Sendable, Hashable {
  /// The limit of memory.
  package var memoryLimit: String
  /// What leaves out a column; its name follows.
  package var exclude: String
  /// What takes a column for categories, and for numbers; its name follows.
  package var categorical: String
  package var numeric: String
  /// What can be done about a column that is gone, as a clause; nil for nothing.
  package var missingFeature: String?

  /// The words of the library, or others.
  package init(
    memoryLimit: String = "the memory limit", exclude: String = "leave out",
    categorical: String = "take for categories", numeric: String = "take for numbers",
    missingFeature: String? = nil
  ) {
    self.memoryLimit = memoryLimit
    self.exclude = exclude
    self.categorical = categorical
    self.numeric = numeric
    self.missingFeature = missingFeature
  }
}
