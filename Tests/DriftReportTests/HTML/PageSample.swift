import DriftKit
import DriftReport
import DriftTestSupport
import Testing

/// A check to make a page of.
struct PageSample: Sendable, CustomTestStringConvertible {
  let name: String
  let report: @Sendable () throws -> Report

  var testDescription: String { name }

  init(_ name: String, _ report: @escaping @Sendable () throws -> Report) {
    self.name = name
    self.report = report
  }

  /// A report on these columns.
  static func report(
    _ baseline: [Column], _ current: [Column], file: String = "current.csv", model: String? = nil,
    configure: (inout DriftConfiguration) -> Void = { _ in }
  ) throws -> Report {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy?.permutations = 499
    configure(&configuration)
    let detector = try DriftDetector(
      baseline: Dataset(baseline), configuration: configuration)
    return Report(
      try detector.check(Dataset(current)),
      context: .init(
        baseline: "baseline.csv", current: file, generatedAt: "2001-02-03T04:05:06Z",
        version: "1.2.3", model: model, seed: 7, alpha: 0.01, warnAlpha: 0.05,
        configuration: configuration))
  }

  /// Normal numbers.
  static func numbers(_ count: Int, seed: UInt64, mean: Double = 0) -> [Double] {
    var source = SeededNormal(seed: seed)
    return source.sample(count, mean: mean)
  }

  /// Words in turn.
  static func words(_ words: [String], _ count: Int) -> [String] {
    (0..<count).map { words[$0 % words.count] }
  }

  private static func plain(_ name: String, _ count: Int, seed: UInt64, mean: Double = 0) -> Column
  {
    Column(name, numbers(count, seed: seed, mean: mean))
  }

  private static let gap = Array(repeating: Double.nan, count: 200)

  static let fail = PageSample("FAIL") {
    try report(
      [
        plain("calm", 300, seed: 1), plain("moved", 300, seed: 2), plain("gone", 300, seed: 3),
        Column("plan", words(["free", "pro"], 300)), plain("far", 300, seed: 4),
      ],
      [
        plain("calm", 200, seed: 1), plain("moved", 200, seed: 12, mean: 1),
        Column("plan", words(["free", "team"], 200)), plain("far", 200, seed: 14, mean: 9),
        plain("extra", 200, seed: 15),
      ], model: "churn v2")
  }

  static let all: [PageSample] = [
    fail,
    PageSample("OK") {
      try report([plain("a", 300, seed: 1)], [plain("a", 300, seed: 2)])
    },
    PageSample("WARN") {
      // Five cells in 205 are not numbers.
      let absent = [Double](repeating: .nan, count: 5)
      let cells = Column.Cells.numeric(numbers(200, seed: 2) + absent, unparseable: 5)
      return try report([plain("a", 300, seed: 1)], [Column(name: "a", cells: cells)]) {
        $0.maximumMeanDiscrepancy = nil
      }
    },
    PageSample("no MMD") {
      try report([Column("plan", words(["x", "y"], 50))], [Column("plan", words(["x", "y"], 40))])
    },
    PageSample("only missing cells, before and now") {
      try report(
        [plain("a", 200, seed: 1), Column("b", gap), plain("c", 200, seed: 2), Column("d", gap)],
        [plain("a", 200, seed: 3), plain("b", 200, seed: 4), Column("c", gap), Column("d", gap)])
    },
    PageSample("one bin") {
      try report(
        [Column("same", Array(repeating: 3, count: 60)), Column("level", words(["x"], 60))],
        [Column("same", Array(repeating: 3, count: 50)), Column("level", words(["x"], 50))])
    },
    PageSample("constant became another") {
      try report(
        [Column("same", Array(repeating: 3, count: 60)), plain("a", 60, seed: 1)],
        [Column("same", Array(repeating: 4, count: 50)), plain("a", 50, seed: 2)])
    },
    PageSample("infinite and huge") {
      try report(
        [Column("a", numbers(200, seed: 1).map { $0 * 1e308 })],
        [Column("a", numbers(199, seed: 2).map { $0 * 1e-308 } + [.infinity])])
    },
    PageSample("one row") {
      try report([Column("a", [1.0])], [Column("a", [2.0])])
    },
    PageSample("numbers of an older job") {
      try report(
        [plain("a", 300, seed: 1), plain("b", 300, seed: 2)],
        [plain("a", 300, seed: 3, mean: 1), plain("b", 300, seed: 4)]
      ) { $0.compatibility = .churnMLOps }
    },
    PageSample("a thousand bins") {
      try report([plain("a", 5_000, seed: 1)], [plain("a", 5_000, seed: 2)]) {
        $0.populationStability.binning = .quantile(bins: 1_000)
        $0.maximumMeanDiscrepancy?.maximumRows = 100
      }
    },
    PageSample("many features") { try wide(60) },
  ]

  /// Many features, a tenth of them drifted.
  static func wide(_ count: Int) throws -> Report {
    func columns(_ rows: Int, seed: Int, shift: Double) -> [Column] {
      (0..<count).map { index in
        plain(
          "feature_\(index)", rows, seed: UInt64(seed * count + index),
          mean: index % 10 == 0 ? shift : 0)
      }
    }
    return try report(
      columns(300, seed: 1, shift: 0), columns(250, seed: 2, shift: 1))
  }
}
