internal import Parallel

extension CSVRun {
  /// Counts the levels of columns in pieces where they were taken for numbers.
  ///
  /// - Returns: The tallies of each thread.
  /// - Throws: `CSVError` when a file is not what it was, or what `progress` throws, which gets the
  ///   number of pieces done.
  func readAgain(
    _ records: [TableAssembly.Record], _ plan: ColumnPlan, threads: Int,
    progress: (Int) throws -> Void
  ) throws -> [[LevelTally]] {
    let queue = RecordQueue(records, inputs: inputs, identities: identities)
    let states = try Workers.run(
      count: records.count, threads: threads,
      makeState: {
        Rereading(reader: PieceReader(plan, options: self.options, inputs: self.inputs))
      },
      progress: progress
    ) { state, _ in
      guard state.failure == nil else { return }
      do throws(CSVError) {
        guard let record = try queue.take(into: state.reader.buffer, &state.file) else { return }
        guard state.reader.count(record) else {
          throw CSVError.changed(self.inputs[record.piece.input].name)
        }
      } catch {
        state.failure = error
      }
    }
    if let failure = states.lazy.compactMap(\.failure).first { throw failure }
    return states.map(\.reader.tallies)
  }
}

/// One thread that reads pieces again.
private struct Rereading: Sendable {
  let reader: PieceReader
  var file: OpenFile?
  var failure: CSVError?
}

extension PieceReader {
  /// Counts the levels of a record's columns. False when its rows are not those of the first time.
  fileprivate func count(_ record: TableAssembly.Record) -> Bool {
    var piece = record.piece
    piece.start = 0
    // The bytes may be other ones by now.
    let bytes = UnsafeBufferPointer(start: buffer.bytes, count: piece.count)
    piece.hasQuotes = piece.hasQuotes || bytes.contains(UInt8(ascii: "\""))
    if let layout = layOut(piece) {
      guard layout.rowCount == record.rowCount else { return false }
      for place in record.numeric { tally(layout, place) }
      return true
    }
    var row = 0
    let lines = try? scan(piece) { cells in
      for place in record.numeric {
        let text = cells[plan.columns[place].index]
        // Missing cells were counted the first time.
        if !plan.missingValues.contains(text) { tallies[place].add(text) }
      }
      row += 1
    }
    return lines != nil && row == record.rowCount
  }
}
