package import CInstructionSets
internal import Parallel

/// How the work on one column is done: with which instructions and on how many threads. No result
/// depends on either.
package struct PieceWork: Sendable, Hashable {
  /// The instructions of the inner loops.
  package let instructionSet: InstructionSet
  /// The most threads to use, the caller's among them.
  package let threads: Int

  /// Work on the caller's thread, unless told otherwise.
  package init(
    instructionSet: InstructionSet = InstructionSet.best, threads: Int = 1
  ) {
    self.instructionSet = instructionSet
    self.threads = threads
  }

  /// Calls `body` for every index and returns the results in order.
  package func map<Result: Sendable>(count: Int, _ body: @escaping @Sendable (Int) -> Result)
    -> [Result]
  {
    // Workers throw only what a `progress` throws, and there is none.
    if threads > 1, count > 1,
      let results = try? Workers.map(count: count, threads: threads, body)
    {
      return results
    }
    return (0..<count).map(body)
  }

  /// Neighbouring pieces together, one part for each thread, or a few so that none waits long.
  package func parts(of pieceCount: Int) -> [Range<Int>] {
    let count = max(1, min(pieceCount, threads == 1 ? 1 : 2 * threads))
    return (0..<count).map { pieceCount * $0 / count..<pieceCount * ($0 + 1) / count }
  }
}
