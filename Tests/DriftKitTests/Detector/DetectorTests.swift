import DriftKit
import DriftTestSupport
import Testing

/// What becomes of features, and what the verdict is.
@Suite struct DetectorTests {
  private func normal(_ seed: UInt64, _ count: Int = 400, shift: Double = 0) -> [Double] {
    var source = SeededNormal(seed: seed)
    return source.sample(count, mean: shift)
  }

  private func check(
    _ baseline: [Column], _ current: [Column],
    _ configure: (inout DriftConfiguration) -> Void = { _ in }
  ) throws -> DriftResult {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy?.permutations = 99
    configure(&configuration)
    return try DriftDetector(baseline: Dataset(baseline), configuration: configuration)
      .check(Dataset(current))
  }

  private func levels(_ names: [String?], _ count: Int = 400) -> [String?] {
    (0..<count).map { names[$0 % names.count] }
  }

  @Test func noDriftIsOK() throws {
    let result = try check(
      [Column("x", normal(1)), Column("plan", levels(["a", "b"]))],
      [Column("x", normal(2)), Column("plan", levels(["b", "a"]))])
    #expect(result.status == .ok && result.reasons.isEmpty)
    #expect(result.features.map(\.name) == ["x", "plan"])
    #expect(result.baselineRows == 400 && result.currentRows == 400)
    #expect(result.features[0].newLevels == nil && result.features[1].meanShift == nil)
    #expect(result.maximumMeanDiscrepancy?.features == ["x"])
  }

  @Test func everyTestHasAReason() throws {
    let result = try check(
      [Column("x", normal(1)), Column("plan", levels(["a", "b"]))],
      [Column("x", normal(2, shift: 1)), Column("plan", levels(["a", "c"]))])
    #expect(result.status == .fail)
    #expect(
      result.reasons.contains { $0.hasPrefix("x: PSI ") && $0.contains(">= 0.25 (p < 1e-12)") })
    #expect(result.reasons.contains { $0.hasPrefix("x: mean ") && $0.contains("effect ") })
    #expect(
      result.reasons.contains {
        $0.hasPrefix("plan: 50.0 % of rows have new levels, 0.0 % expected") && $0.hasSuffix(": c")
      })
    #expect(
      result.reasons.contains {
        $0.hasPrefix("MMD: separability 0.") && $0.contains(" >= 0.52 over 1 features (p = 0.01")
          && $0.contains(", rows of both sides can be told apart in ")
      })
  }

  @Test func adjustedPValuesAreHolmOverTheFamily() throws {
    let baseline = (0..<3).map { Column("x\($0)", normal(UInt64($0))) }
    let current = (0..<3).map { Column("x\($0)", normal(UInt64($0) + 10, shift: 0.2)) }
    for adjustment in PValueAdjustment.allCases {
      let result = try check(baseline, current) { $0.adjustment = adjustment }
      let shift = result.features.compactMap { $0.meanShift?.pValue }
      #expect(
        result.features.compactMap { $0.meanShift?.adjustedPValue } == adjustment.adjust(shift))
      let stability = result.features.compactMap { $0.populationStability?.test.pValue }
      #expect(
        result.features.compactMap { $0.populationStability?.adjustedPValue }
          == adjustment.adjust(stability))
    }
  }

  @Test func goneFeaturesFailOrAreNoted() throws {
    let baseline = [Column("x", normal(1)), Column("gone", normal(2))]
    let current = [Column("x", normal(3)), Column("extra", normal(4))]
    let strict = try check(baseline, current)
    #expect(strict.status == .fail && strict.reasons == ["gone: not in the current data"])
    #expect(strict.features[1].current == nil && strict.features[1].populationStability == nil)
    #expect(strict.notes.contains("only in the current data: extra"))
    let loose = try check(baseline, current) { $0.missingFeatures = .ignore }
    #expect(loose.status == .ok && loose.features.map(\.name) == ["x"])
    #expect(loose.notes.contains("not in the current data, ignored: gone"))
  }

  @Test func noDataAnyMoreFails() throws {
    let nothing = [Double](repeating: .nan, count: 400)
    let gone = try check([Column("x", normal(1))], [Column("x", nothing)])
    #expect(gone.status == .fail)
    #expect(gone.reasons == ["x: no data any more: all 400 cells are missing"])
    #expect(gone.features[0].populationStability == nil && gone.maximumMeanDiscrepancy == nil)
    let never = try check(
      [Column("x", nothing), Column("y", normal(1))],
      [Column("x", normal(2)), Column("y", normal(3))])
    #expect(never.status == .warn)
    #expect(never.reasons == ["x: empty in the baseline, has data now: 400 of 400 cells"])
    // Nothing at all would never drift.
    #expect(throws: DriftError.self) {
      try check([Column("x", nothing)], [Column("x", nothing)])
    }
  }

  @Test func textAmongNumbersWarns() throws {
    let one = try check(
      [Column("x", normal(1))],
      [Column(name: "x", cells: .numeric(normal(2, 399) + [.nan], unparseable: 1))])
    // A cell of many is a note, 2 % are worth a warning.
    #expect(one.status == .ok)
    #expect(one.notes.contains("x: 1 cell is not a number (0.3 %) in the current data"))
    let absent = [Double](repeating: .nan, count: 8)
    let result = try check(
      [Column("x", normal(1))],
      [Column(name: "x", cells: .numeric(normal(2, 392) + absent, unparseable: 8))])
    #expect(result.status == .warn)
    #expect(
      result.reasons == ["x: 8 cells are not numbers (2.0 %), 0.0 % in the baseline (p = 0.0075)"])
    #expect(one.features[0].current?.unparseable == 1)
    #expect(one.features[0].current?.missing == 0)
    // A service that passes levels for a numeric feature: all of them are unparseable.
    let text = try check([Column("x", normal(1))], [Column("x", ["a", "b", nil])])
    #expect(text.status == .fail && text.features[0].current?.unparseable == 2)
  }

  @Test func constantsAreRecognised() throws {
    let five = [Double](repeating: 5, count: 50)
    let six = [Double](repeating: 6, count: 50)
    let same = try check([Column("x", five)], [Column("x", five)])
    #expect(same.status == .ok && same.features[0].meanShift?.statistic == 0)
    #expect(same.features[0].meanShift?.pValue == 1)
    let other = try check([Column("x", five)], [Column("x", six)])
    #expect(other.status == .fail && other.reasons.contains("x: constant 5 became 6"))
    #expect(other.features[0].meanShift?.statistic == nil)
    #expect(other.features[0].meanShift?.pValue == 0)
    #expect(other.features[0].meanShift?.effectSize == nil)
  }

  @Test func fewRowsAreInsufficientNotAnError() throws {
    let result = try check([Column("x", normal(1))], [Column("x", [0.1])])
    #expect(result.findings.map(\.test) == [.rows] && result.status == .warn)
    #expect(result.features[0].meanShift?.pValue == nil)
    #expect(result.notes.contains { $0.contains("insufficient data for the mean shift") })
    #expect(result.maximumMeanDiscrepancy == nil)
  }

  @Test func infinitiesAreCountedAndLeftOutOfMeans() throws {
    let result = try check(
      [Column("x", normal(1) + [.infinity])], [Column("x", normal(2) + [-.infinity, .infinity])])
    let feature = try #require(result.features.first)
    #expect(feature.baseline.infinite == 1 && feature.current?.infinite == 2)
    #expect(feature.current?.mean?.isFinite == true && feature.current?.maximum?.isFinite == true)
    #expect(feature.populationStability?.test.bins.reduce(0) { $0 + $1.currentCount } == 402)
  }

  @Test func thresholdsForAllAndForOne() throws {
    let baseline = [Column("x", normal(1)), Column("y", normal(2))]
    let current = [Column("x", normal(3, shift: 1)), Column("y", normal(4, shift: 1))]
    let loose = try check(baseline, current) {
      $0.maximumMeanDiscrepancy = nil
      $0.thresholds.stabilityFail = 90
      $0.thresholds.stabilityWarn = 80
      $0.thresholds.effectFail = 90
      $0.thresholds.effectWarn = 80
      $0.thresholds.distanceFail = 1.1
      $0.thresholds.distanceWarn = 1.1
      var strict = Thresholds()
      strict.effectFail = 0
      strict.effectWarn = 0
      $0.featureThresholds["y"] = strict
    }
    #expect(loose.features.map(\.status) == [.ok, .fail])
  }

  @Test func gatesCanBeSwitchedOff() throws {
    // 60 rows: the index passes 0.1 by chance.
    let (x, y) = ([Column("x", normal(1, 60))], [Column("x", normal(2, 60))])
    let gated = try check(x, y) { $0.maximumMeanDiscrepancy = nil }
    let index = try #require(gated.features[0].populationStability?.test.value)
    #expect(index > 0.1 && gated.status == .ok)
    #expect(gated.notes.contains { $0.contains("which sampling noise explains") })
    let pure = try check(x, y) {
      $0.maximumMeanDiscrepancy = nil
      $0.thresholds.stabilityGate = false
    }
    #expect(pure.status >= .warn)
  }

  @Test func olderJobsVerdict() throws {
    let baseline = [
      Column("x", normal(1)), Column("y", normal(2)), Column("plan", levels(["a"])),
      Column("gone", normal(5)),
    ]
    let current = [
      Column("x", normal(3, shift: 0.6)), Column("y", normal(4)), Column("plan", levels(["b"])),
    ]
    let result = try check(baseline, current) { $0.compatibility = .churnMLOps }
    // No levels, nothing for the feature that is gone, and the index decides alone.
    #expect(result.features.map(\.name) == ["x", "y"])
    #expect(result.notes.contains("categorical, left out by churn-mlops: plan"))
    #expect(result.status == .fail && result.reasons.count == 1)
    let psi = try #require(result.features[0].populationStability?.test)
    #expect(psi == .churnMLOps(baseline: normal(1), current: normal(3, shift: 0.6)))
    let strict = try check(baseline, current) {
      $0.compatibility = .churnMLOps
      $0.missingFeatures = .fail
    }
    #expect(strict.reasons.contains("gone: not in the current data"))
  }

  @Test func selectionOfFeatures() throws {
    let baseline = ["a", "b", "c"].enumerated().map { Column($1, normal(UInt64($0))) }
    let result = try check(baseline, baseline) {
      $0.features = ["c", "a"]
      $0.excluded = ["a", "typo"]
    }
    #expect(result.features.map(\.name) == ["c"])
    #expect(result.notes.contains("excluded, but in neither table: typo"))
    #expect(throws: DriftError.self) { try check(baseline, baseline) { $0.features = ["d"] } }
    #expect(throws: DriftError.self) {
      try check(baseline, baseline) { $0.excluded = ["a", "b", "c"] }
    }
  }

  @Test func whatCannotBeChecked() throws {
    let x = [Column("x", normal(1))]
    #expect(throws: DriftError.self) { try check(x, [Column("y", normal(1))]) }
    #expect(throws: DriftError.self) { try check(x, [Column("x", [Double]())]) }
    #expect(throws: DriftError.self) { try check([Column("x", [Double]())], x) }
    #expect(throws: DriftError.self) { try check([Column("x", levels(["a"]))], x) }
    #expect(throws: DriftError.self) { try Dataset([Column("x", [1]), Column("x", [2])]) }
    #expect(throws: DriftError.self) { try Dataset([Column("x", [1]), Column("y", [2, 3])]) }
    #expect(throws: DriftError.self) {
      try Dataset([Column(name: "x", cells: .numeric([1, .nan], unparseable: 2))])
    }
    for configure: (inout DriftConfiguration) -> Void in [
      { $0.thresholds.alpha = 0 }, { $0.thresholds.warnAlpha = 0.001 }, { $0.threads = 0 },
      { $0.populationStability.binning = .quantile(bins: 1) },
      { $0.populationStability.binning = .edges([]) },
      { $0.populationStability.emptyBins = .floor(0) },
      { $0.maximumMeanDiscrepancy?.permutations = 0 }, { $0.featureThresholds["X"] = Thresholds() },
      {
        $0.featureThresholds["x"] = {
          var t = Thresholds(); t.stabilityWarn = 9; return t
        }()
      },
    ] {
      #expect(throws: DriftError.self) { try check(x, x, configure) }
    }
  }

  @Test func threadsDoNotMatter() throws {
    let baseline = (0..<5).map { Column("x\($0)", normal(UInt64($0))) }
    let current = (0..<5).map { Column("x\($0)", normal(UInt64($0) + 9, shift: 0.1)) }
    let one = try check(baseline, current)
    #expect(try check(baseline, current) { $0.threads = 3 } == one)
  }

  @Test func tooFewPermutationsAreNoted() throws {
    let few = try check([Column("x", normal(1))], [Column("x", normal(2))])
    #expect(few.notes == ["MMD cannot fail: 99 permutations give p >= 0.01, alpha is 0.01"])
    let enough = try check([Column("x", normal(1))], [Column("x", normal(2))]) {
      $0.maximumMeanDiscrepancy?.permutations = 100
    }
    #expect(enough.notes.isEmpty)
  }

  @Test func progressCancels() throws {
    struct Stop: Error {}
    let detector = try DriftDetector(baseline: Dataset([Column("x", normal(1))]))
    #expect(throws: Stop.self) {
      try detector.check(Dataset([Column("x", normal(2))])) { _ in throw Stop() }
    }
  }

  @Test("Counts of any number of rows take no longer than those of few", .timeLimit(.minutes(1)))
  func countedElsewhere() throws {
    func counted(_ share: Int) throws -> Column {
      let counts = try LevelCounts(counts: [Level("month"): share << 48, Level("year"): 1 << 48])
      return Column(name: "plan", cells: .categorical(counts))
    }
    #expect(try check([counted(1)], [counted(1)]).status == .ok)
    #expect(try check([counted(1)], [counted(3)]).status == .fail)
  }
}
