package import CInstructionSets

extension InstructionSet {
  /// The words for the instruction sets, in their order.
  private static let words = ["portable", "avx2", "avx512"]

  /// What DRIFT_KERNELS asks for, else the best there is. For diagnosis: no result depends on it.
  ///
  /// - Parameters:
  ///   - environment: Where DRIFT_KERNELS is looked up; empty counts as not set.
  ///   - best: The best one that the processor has.
  /// - Throws: `UsageError` when it is another word, or one that the processor does not have.
  package init(_ environment: Environment, best: InstructionSet = .best) throws(UsageError) {
    guard let text = environment.nonEmpty("DRIFT_KERNELS") else {
      self = best
      return
    }
    let available = Self.words.prefix(Int(best.rawValue) + 1)
    guard let index = available.firstIndex(of: text), let set = Self(rawValue: UInt32(index))
    else {
      let expected = available.map { "'\($0)'" }.joined(separator: ", ")
      throw UsageError(
        .environment, subject: "DRIFT_KERNELS",
        "DRIFT_KERNELS is '\(text)': expected one of \(expected), which this processor has.")
    }
    self = set
  }
}
