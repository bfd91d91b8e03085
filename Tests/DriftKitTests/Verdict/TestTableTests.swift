import DriftTestSupport
import Testing

import DriftKit

/// The table of tests: what follows from its entries.
@Suite struct TestTableTests {
  private static func result() throws -> DriftResult {
    var source = SeededNormal(seed: 3)
    let plans = (0..<300).map { $0 % 3 == 0 ? "month" : "year" }
    let baseline = try Dataset([
      Column("tempo", source.sample(300)), Column("fixed", [Double](repeating: 1, count: 300)),
      Column("plan", plans as [String?]),
    ])
    let current = try Dataset([
      Column("tempo", source.sample(300).map { $0 - 2 }),
      Column("fixed", [Double](repeating: 2, count: 300)),
      Column("plan", plans.map { $0 == "year" ? "week" : $0 } as [String?]),
    ])
    return try DriftDetector(baseline: baseline).check(current)
  }

  @Test("Names of tests, keys of limits and of fields, gauges and names in logs are used once")
  func names() {
    func fields<Test: DriftTest>(_: Test.Type) -> (keys: [String], others: [String]) {
      (
        Test.fields.map(\.key),
        // Tests of all features together have a log line each.
        Test.fields.compactMap(\.metric?.name)
          + (Test.self is any FeatureTest.Type ? Test.fields.compactMap(\.logName) : [])
      )
    }
    let limits = TestTable.limits.flatMap { [$0.warnKey, $0.failKey] }
    #expect(Set(limits).count == limits.count)
    for test in TestTable.all {
      let keys = fields(test).keys
      #expect(Set(keys).count == keys.count && keys.contains("status"))
    }
    let gauges = TestTable.all.flatMap { Set(fields($0).others) }
    #expect(Set(gauges).count == gauges.count)
    #expect(TestTable.ofFeatures.map { $0.id } == TestTable.limits.map(\.test))
  }

  @Test("Thresholds are those that tests declare until they are set") func limits() {
    for declared in TestTable.limits {
      var thresholds = Thresholds()
      #expect(thresholds[declared] == declared.defaults)
      #expect(declared.defaults.warn < declared.defaults.fail)
      thresholds[declared].fail = 7
      #expect(thresholds[declared] == Limits(warn: declared.defaults.warn, fail: 7))
      #expect(thresholds != Thresholds())
      thresholds[declared] = declared.defaults
      #expect(thresholds == Thresholds())
    }
  }

  @Test("A test of a kind of column runs on such columns, in the order of the table") func kinds()
    throws
  {
    for feature in try Self.result().features {
      let tests = TestTable.ofFeatures.filter { $0.kinds.contains(feature.kind) }
      #expect(feature.tests.map { type(of: $0).id } == tests.map { $0.id })
    }
  }

  @Test("Whatever the test, a result says what the typed one does") func results() throws {
    let result = try Self.result()
    let tempo = try #require(result["tempo"])
    let (stability, shift) = (
      try #require(tempo.populationStability), try #require(tempo.meanShift)
    )
    let index = try #require(tempo[.populationStability])
    #expect(index.statistic == stability.test.value && index.effect == stability.test.value)
    #expect(index.significance?.pValue == stability.test.pValue)
    #expect(index.significance?.adjustedPValue == stability.adjustedPValue)
    #expect(index.status == .fail && tempo[.newLevels] == nil)
    let moved = try #require(tempo[.meanShift])
    #expect(moved.statistic == shift.statistic && moved.effect == shift.effectSize.map { -$0 })
    #expect(moved.significance?.adjustedPValue == shift.adjustedPValue)
    #expect(result["fixed"]?[.meanShift]?.effect == .infinity)
    #expect(result["plan"]?[.newLevels]?.effect == result["plan"]?.findings.last?.observed)
    let joint = try #require(result.maximumMeanDiscrepancy)
    #expect(joint.effect == joint.test.separability)
    #expect(joint.significance?.pValue == joint.test.pValue)
  }
}
