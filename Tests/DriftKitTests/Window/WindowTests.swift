import DriftKit
import DriftTestSupport
import Testing

/// A window over batches against the table of the same rows.
@Suite("Sliding window") struct WindowTests {
  private static let baseline = batch(0, rows: 3_000)

  private static func batch(_ number: Int, rows: Int, shift: Double = 0) -> [Column] {
    var source = SeededNormal(seed: UInt64(100 + number))
    let x = source.sample(rows, mean: shift)
    return [
      Column("x", x.enumerated().map { $0 % 17 == 0 ? .nan : $1 }),
      Column("plan", x.map { $0 > 1 ? nil : $0 > 0 ? "a" : "b\(number % 3)" }),
      Column("extra", x),
    ]
  }

  /// The columns of tables, one below the other.
  private static func joined(_ tables: [[Column]]) throws -> Dataset {
    try Dataset(
      (0..<3).map { place in
        var (numbers, counts) = ([Double](), LevelCounts())
        for table in tables {
          switch table[place].cells {
          case .numeric(let values, _), .time(let values, _): numbers += values
          case .categorical(let levels): counts.merge(levels)
          }
        }
        let name = tables[0][place].name
        return place == 1 ? Column(name: name, cells: .categorical(counts)) : Column(name, numbers)
      })
  }

  @Test("The verdict is that of the last batches as one table", arguments: [1, 2, 5])
  func lastBatches(capacity: Int) throws {
    var configuration = DriftConfiguration(excluded: [], maximumMeanDiscrepancy: nil)
    configuration.features = ["x", "plan"]
    let detector = try DriftDetector(
      baseline: Dataset(Self.baseline), configuration: configuration)
    var window = detector.window(of: capacity)
    let batches = (1...13).map { Self.batch($0, rows: 200 + $0, shift: Double($0) / 10) }
    for (place, batch) in batches.enumerated() {
      try window.append(Dataset(batch))
      let last = Array(batches[max(0, place + 1 - capacity)...place])
      #expect(
        window.count == last.count && window.rowCount == last.reduce(0) { $0 + $1[0].rowCount })
      let (slid, whole) = (try detector.check(window), try detector.check(Self.joined(last)))
      #expect(slid.status == whole.status && slid.notes == whole.notes)
      #expect(slid["x"]?.populationStability == whole["x"]?.populationStability)
      #expect(slid["plan"]?.populationStability == whole["plan"]?.populationStability)
      #expect(slid["plan"]?.newLevels == whole["plan"]?.newLevels)
      let means = (slid["x"]?.current?.mean ?? .nan, whole["x"]?.current?.mean ?? .nan)
      #expect(abs(means.0 - means.1) < 1e-12)
    }
  }

  @Test("A batch that does not fit leaves the window as it is") func refused() throws {
    let detector = try DriftDetector(baseline: Dataset(Self.baseline))
    var window = detector.window(of: 2)
    #expect(throws: DriftError.self) { try detector.check(window) }
    for number in 1...3 { try window.append(Dataset(Self.batch(number, rows: 50))) }
    let before = window.profile
    let other = #expect(throws: DriftError.self) {
      try window.append(Dataset([Column("x", [1.0, 2])]))
    }
    #expect(other?.code == .invalidData)
    let kind = #expect(throws: DriftError.self) {
      try window.append(Dataset([Column("plan", [1.0, 2])]))
    }
    #expect(kind?.code == .kindMismatch)
    #expect(window.profile == before && window.count == 2)
    try window.append(Dataset(Self.batch(4, rows: 50)))
    #expect(window.rowCount == 100)
  }

  @Test("Text where numbers are expected is counted") func text() throws {
    let detector = try DriftDetector(baseline: Dataset([Column("x", (0..<100))]))
    var window = detector.window(of: 3)
    try window.append(Dataset([Column("x", ["1", "a", nil])]))
    try window.append(Dataset([Column("x", [4.0])]))
    let current = try detector.check(window)["x"]?.current
    #expect(current?.unparseable == 2 && current?.missing == 1 && current?.rows == 4)
  }

  @Test("With rows kept the kernel test looks at those of the window") func keptRows() throws {
    let detector = try DriftDetector(
      baseline: Dataset(Self.baseline),
      configuration: DriftConfiguration(
        excluded: ["extra"], maximumMeanDiscrepancy: .init(permutations: 199)))
    var (with, without) = (detector.window(of: 3, keptRows: 300), detector.window(of: 3))
    for number in 1...5 {
      let batch = try Dataset(Self.batch(number, rows: 200, shift: number > 2 ? 1 : 0))
      try with.append(batch)
      try without.append(batch)
    }
    let test = try detector.check(with).maximumMeanDiscrepancy?.test
    #expect(test?.currentRows == 300 && test?.isSampled == true && test?.pValue == 1.0 / 200)
    let none = try detector.check(without)
    #expect(none.maximumMeanDiscrepancy == nil)
    #expect(none.notes.contains("MMD not run: a profile holds no rows for it"))
  }
}
