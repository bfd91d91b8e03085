import DriftKit
import DriftTestSupport
import Testing

/// Current data that are summarised while they are read give the result that their table gives.
@Suite("Accumulated current data")
struct AccumulatedDataTests {
  /// Columns in the same chunks, and their results both ways.
  private struct Case {
    var baseline: [(String, [Double])] = []
    var current: [(String, [Double])] = []
    var levels: [String?] = []
    var currentLevels: [String?]?
    var unparseable = 0
  }

  private func chunks(_ values: [Double], _ size: Int) -> [[Double]] {
    stride(from: 0, to: values.count, by: size).map {
      Array(values[$0..<min($0 + size, values.count)])
    }
  }

  private func check(
    _ item: Case, chunk: Int, _ configure: (inout DriftConfiguration) -> Void
  ) throws -> (table: DriftResult, stream: DriftResult) {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy?.permutations = 19
    configuration.maximumMeanDiscrepancy?.maximumRows = 300
    configure(&configuration)
    let detector = try DriftDetector(
      baseline: Dataset(
        item.baseline.map { Column(name: $0, chunks: chunks($1, chunk), unparseable: 0) }
          + [Column("level", item.levels)]), configuration: configuration)
    var columns = item.current.map { name, values in
      Column(
        // Other chunks than those of the stream.
        name: name, chunks: chunks(values, 2 * chunk + 1),
        unparseable: name == "x0" ? item.unparseable : 0)
    }
    if let levels = item.currentLevels { columns.append(Column("level", levels)) }
    let table = try detector.check(Dataset(columns, unloaded: ["extra"]))

    var stream = detector.accumulator(ofColumns: item.current.map(\.0))
    let rowCount = item.current.first?.1.count ?? 0
    for start in stride(from: 0, to: rowCount, by: chunk) {
      let end = min(start + chunk, rowCount)
      let buffers = item.current.map { _, values in
        let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: end - start)
        _ = buffer.initialize(from: values[start..<end])
        return UnsafeBufferPointer(buffer)
      }
      let batch = stream.profile(buffers, firstRow: start, rowCount: end - start)
      stream.collect(batch, buffers, rowCount: end - start)
      for buffer in buffers { buffer.deallocate() }
    }
    var ends: [(name: String, end: RowAccumulator.ColumnEnd)] = item.current.map { name, _ in
      (name, .numbers(unparseable: name == "x0" ? item.unparseable : 0))
    }
    if let levels = item.currentLevels {
      let counts = LevelCounts(levels)
      var sketch = LevelSketch(levelLimit: 1 << 20)
      sketch.add(counts)
      ends.append(("level", .levels(sketch, missing: counts.missing)))
    }
    let data = stream.finish(ends, unread: ["extra"], rowCount: rowCount)
    return (table, try detector.check(data))
  }

  private func item(_ rows: Int) -> Case {
    var item = Case()
    for (index, kind) in NastyNumbers.allCases.enumerated() {
      item.baseline.append(("x\(index)", kind.sample(1_000, seed: UInt64(index))))
      item.current.append(("x\(index)", kind.sample(rows, seed: UInt64(index) &+ 100)))
    }
    item.levels = (0..<1_000).map { $0 % 5 == 0 ? nil : "l\($0 % 7)" }
    item.currentLevels = (0..<rows).map { "l\($0 % 9)" }
    return item
  }

  @Test(
    "Everything is equal", arguments: [1, 2, 299, 300, 301, 9_000], [64, 700, 2_048, 5_000, 10_000])
  func equality(rows: Int, chunk: Int) throws {
    let result = try check(item(rows), chunk: chunk) { _ in }
    #expect(result.stream == result.table)
    #expect(result.stream.maximumMeanDiscrepancy != nil || rows < 2)
  }

  @Test("Also with an older job's numbers, without the kernel test, with features gone")
  func otherWays() throws {
    var item = item(900)
    let compatible = try check(item, chunk: 100) { $0.compatibility = .churnMLOps }
    #expect(compatible.stream == compatible.table)
    let plain = try check(item, chunk: 100) { $0.maximumMeanDiscrepancy = nil }
    #expect(plain.stream == plain.table)
    item.current.removeSubrange(3..<6)
    item.currentLevels = nil
    let gone = try check(item, chunk: 100) { _ in }
    #expect(gone.stream == gone.table)
    #expect(gone.stream.reasons.contains("level: not in the current data"))
    item.current[0].1[5] = .nan
    item.unparseable = 1
    let text = try check(item, chunk: 100) { $0.threads = 3 }
    #expect(text.stream == text.table && text.stream.features[0].current?.unparseable == 1)
  }

  @Test("Long columns, cut into pieces of work")
  func longColumns() throws {
    var item = Case()
    item.baseline = [("x0", NastyNumbers.normal.sample(200_000, seed: 1))]
    item.current = [("x0", NastyNumbers.missing.sample(200_000, seed: 2))]
    item.levels = Array(repeating: "a", count: 200_000)
    for threads in [1, 2, 7] {
      let result = try check(item, chunk: 150_000) {
        $0.threads = threads
        $0.maximumMeanDiscrepancy?.maximumRows = 100
        $0.missingFeatures = .ignore
      }
      #expect(result.stream == result.table)
    }
  }

  @Test("Nothing in common, or no rows, is refused as for tables")
  func refused() throws {
    let detector = try DriftDetector(baseline: Dataset([Column("x", [1, 2, 3])]))
    let none = detector.accumulator(ofColumns: []).finish([], unread: ["y"], rowCount: 3)
    #expect { try detector.check(none) } throws: { ($0 as? DriftError)?.code == .nothingInCommon }
    let empty = detector.accumulator(ofColumns: ["x"])
      .finish([("x", .numbers(unparseable: 0))], rowCount: 0)
    #expect { try detector.check(empty) } throws: { ($0 as? DriftError)?.code == .invalidData }
    #expect(detector.kind(ofFeature: "x") == .numeric && detector.kind(ofFeature: "y") == nil)
  }
}
