internal import CTextKernels
internal import Checked

extension ChunkParser {
  /// The bytes of the first rows that are looked at before a table is read.
  private static let sampleBytes = 1 << 16

  /// Looks at the first rows of the first chunk of a table.
  ///
  /// - Returns: What they show, by place in the table; nothing of rows that cannot be read, of which
  ///   whoever reads them says what is wrong.
  func sample(_ chunk: Chunk) -> [SampledColumn] {
    var columns = plan.columns.map { _ in SampledColumn() }
    guard chunk.content is TextRows, chunk.count > 0 else { return columns }
    take(chunk.dialect)
    let places = plan.columns.indices.filter { plan.columns[$0].request == .automatic }
    let before = chunk.firstLine ?? 1
    let file = inputs[chunk.input].name
    _ = try? scan(head(of: chunk)) { record in
      for place in places {
        let index = plan.columns[place].index
        let text = record[index]
        guard !plan.missingValues.contains(text) else { continue }
        columns[place].take(text, numbers: options.numbers) {
          before + record.line(ofCell: index)
        } file: {
          file
        }
      }
    }
    return columns
  }

  /// The first whole records of a chunk.
  private func head(of chunk: Chunk) -> Chunk {
    guard chunk.count > Self.sampleBytes else { return chunk }
    var cut = drift_record_cut()
    drift_cut_records(
      buffer.bytes + chunk.start, Self.sampleBytes, delimiter, &cut)
    guard cut.end > 0 else { return chunk }
    var head = chunk
    head.count = cut.end
    head.failure = nil
    return head
  }
}

extension SampledColumn {
  fileprivate mutating func take(
    _ text: UnsafeBufferPointer<UInt8>, numbers: NumberNotation, line: () -> Int, file: () -> String
  ) {
    func place() -> NumberColumn.Unparseable {
      .init(
        file: file(), line: line(), text: ByteString(Array(text.prefix(CellTexts.maximumBytes))))
    }
    let before = kinds
    kinds.count(text, numbers: numbers)
    if firstNoNumber == nil, kinds.numbers == before.numbers { firstNoNumber = place() }
    if firstNoTime == nil, kinds.times == before.times { firstNoTime = place() }
    if firstLeadingZero == nil, text.count > 1, text[0] == UInt8(ascii: "0"),
      text.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 })
    {
      firstLeadingZero = place()
    }
  }
}
