extension CheckOptions {
  /// Checks that nothing is written over an input.
  ///
  /// - Parameter configuration: The file of settings, if there is one.
  /// - Throws: `UsageError` for a file that is both.
  func checkOutputs(besides configuration: String? = nil) throws(UsageError) {
    let named = [
      ("output", output), ("html", htmlFile), ("metrics-file", metrics.file),
      ("termination-log", terminationLog),
    ].compactMap { name, path in path.map { (name: name, path: $0) } }
    // What is no file, as /dev/stdout, is not replaced.
    let outputs = named.filter { OutputTarget.isFile($0.path) }
    let inputs = InputFiles(
      files + [configuration].compactMap { $0 }, against: outputs.map { $0.path })
    // The termination log first: the message about another one is written to it.
    if let (name, path) = outputs.last(where: { inputs.contains($0.path) }) {
      throw .contradiction(
        "--\(name)", "'--\(name)' is '\(path)', which is also an input; it would be overwritten.")
    }
    for (index, output) in outputs.enumerated() {
      let (name, path) = output
      let target = OutputTarget.identity(path)
      guard
        let other = outputs[..<index].first(where: { OutputTarget.identity($0.path) == target })
      else { continue }
      throw .contradiction(
        "--\(name)",
        "'--\(name)' is '\(path)', which is also '--\(other.name)'; give each a file of its own.")
    }
  }
}
