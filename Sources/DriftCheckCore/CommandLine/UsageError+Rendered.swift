extension UsageError {
  /// The three lines for standard error, with a line feed at the end.
  package var rendered: String {
    """
    Error: \(message)
    Usage: \(Check.usage)
      See 'drift-check --help' for more information.

    """
  }
}
