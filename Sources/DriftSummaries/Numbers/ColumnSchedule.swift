internal import CInstructionSets
internal import Parallel

/// Shares the threads among the columns of a table.
package enum ColumnSchedule {
  /// Calls `body` for every column and returns the results in order.
  ///
  /// Whole columns go to single threads as long as there is one for each; the columns that are left
  /// at the end, or of a narrow table, have several threads each.
  ///
  /// - Parameters:
  ///   - count: How many columns there are.
  ///   - work: The threads to share out.
  ///   - progress: Called on the caller's thread with the share done. What it throws ends the work.
  ///   - body: The work on one column.
  /// - Returns: The results, in the order of the columns.
  /// - Throws: What `progress` throws.
  package static func map<Result: Sendable>(
    count: Int, work: PieceWork, progress: (Double) throws -> Void,
    _ body: @escaping @Sendable (Int, PieceWork) -> Result
  ) throws -> [Result] {
    let single = PieceWork(instructionSet: work.instructionSet)
    let whole = count / work.threads * work.threads
    let results = try Workers.map(
      count: whole, threads: work.threads,
      progress: { try progress(Double($0) / Double(count)) }
    ) { body($0, single) }
    let rest = count - whole
    guard rest > 0 else { return results }
    let shared = PieceWork(
      instructionSet: work.instructionSet, threads: max(1, work.threads / rest))
    return try results
      + Workers.map(
        count: rest, threads: rest,
        progress: { try progress(Double(whole + $0) / Double(count)) }
      ) { body(whole + $0, shared) }
  }
}
