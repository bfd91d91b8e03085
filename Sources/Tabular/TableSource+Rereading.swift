internal import Parallel

// Chunks are read again for columns whose numbers, kept so far, turned out to be texts: only levels are
// counted then. Whoever summarises numbers cannot take them back, and begins with all columns anew by
// opening the inputs another time: that is no task of a reader.

extension TableSource {
  /// Counts the levels of columns in chunks where they were taken for numbers.
  ///
  /// - Returns: The tallies of each thread.
  /// - Throws: `CSVError` when a file is not what it was, or what `progress` throws, which gets the
  ///   number of chunks done.
  func reread(
    _ records: [CountedChunk], _ plan: ColumnPlan, threads: Int, progress: (Int) throws -> Void
  ) throws -> [[LevelTally]] {
    let queue = ChunkQueue(records, inputs: inputs, formats: formats, identities: identities)
    let states = try Workers.run(
      count: records.count, threads: threads,
      makeState: {
        Rereading(parser: ChunkParser(plan, options: self.options, inputs: self.inputs))
      },
      progress: progress
    ) { state, _ in
      guard state.failure == nil else { return }
      do throws(CSVError) {
        guard let record = try queue.take(by: state.parser) else { return }
        guard state.parser.recount(record) else {
          throw CSVError.changed(self.inputs[record.chunk.input].name)
        }
      } catch {
        state.failure = error
      }
    }
    if let failure = states.lazy.compactMap(\.failure).first { throw failure }
    return states.map(\.parser.tallies)
  }
}

/// One thread that reads chunks again.
private struct Rereading: Sendable {
  let parser: ChunkParser
  var failure: CSVError?
}
