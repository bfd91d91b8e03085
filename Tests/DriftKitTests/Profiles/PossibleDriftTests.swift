import DriftKit
import DriftTestSupport
import Testing

/// What dropped levels leave open is said, never called no drift.
@Suite("Possible drift in many levels") struct PossibleDriftTests {
  private static func column(_ rows: Int, _ cell: (Int) -> String) -> BoundedLevels {
    BoundedLevels(cells: (0..<rows).map { cell($0) })
  }

  /// 2,000 levels in turn.
  private static let baseline = column(40_000) { "known \($0 * 7 % 2_000)" }

  @Test(
    "Levels of which it is not known whether they are new warn",
    arguments: [(nil, 300), (300, nil), (300, 300)] as [(Int?, Int?)])
  func newLevels(levels: (Int?, Int?)) throws {
    let current = Self.column(50_000) { "new \($0)" }
    let exact = try #require(
      try BoundedLevels.check(Self.baseline, current, levels: (nil, nil)))
    #expect(exact.newLevels?.status == .fail)
    let feature = try #require(
      try BoundedLevels.check(Self.baseline, current, levels: levels))
    #expect(feature.status != .ok)
    if feature.newLevels?.status != .fail {
      let reason = try #require(feature.reasons.first { $0.contains("new levels") })
      #expect(reason.contains("up to 100.0 % of rows may have new levels"), "\(reason)")
      #expect(reason.hasSuffix("as there were more levels than memory holds"))
    }
  }

  @Test("New rows that are certain fail, however many others are not")
  func certainlyNew() throws {
    let baseline = Self.column(30_000) { "known \($0 % 30)" }
    let current = Self.column(60_000) { $0 % 2 == 0 ? "new \($0)" : "known \($0 % 30)" }
    let exact = try #require(try BoundedLevels.check(baseline, current, levels: (nil, nil)))
    let feature = try #require(try BoundedLevels.check(baseline, current, levels: (nil, 300)))
    let (test, expected) = (
      try #require(feature.newLevels?.test), try #require(exact.newLevels?.test)
    )
    #expect(feature.newLevels?.status == .fail && exact.newLevels?.status == .fail)
    #expect(test.share <= expected.share && expected.share <= test.share + test.shareError)
    #expect(test.shareError == 0 || feature.reasons.contains { $0.contains("at least") })
  }

  /// A column at random: frequent levels that come and go, rarer ones, and identifiers.
  private static func random(_ source: inout SplitMix64, drifts: Bool) -> [BoundedLevels] {
    let frequent = Int(source.next() % 6)
    let rarer = [0, 20, 150, 2_000][Int(source.next() % 4)]
    let ids = [0, 0.01, 0.3, 0.9][Int(source.next() % 4)]
    let rareShare = [0, 0.3, 0.8][Int(source.next() % 3)]
    return (0..<2).map { side in
      let rows = 3_000 + Int(source.next() % 9_000)
      let moves = drifts && side == 1
      let starts = (0..<max(1, frequent)).map { _ in
        source.next() % 2 == 0 ? 0 : Int(source.next() % UInt64(rows))
      }
      let replaced = moves ? Int(source.next() % 4) : -1
      let shift = moves ? [0, rarer / 4, rarer][Int(source.next() % 3)] : 0
      let extra = moves && source.next() % 2 == 0 ? 0.2 : 0
      return column(rows) { row in
        let uniform = Double(source.next() >> 11) * 0x1p-53
        let number = Int(source.next() % 1_000_000)
        if uniform < extra { return "other" }
        if uniform < extra + (1 - extra) * ids { return "id \(side) \(row)" }
        if rarer > 0, Double(number % 1_000) < 1_000 * rareShare {
          return "rare \(number / 1_000 * rarer / 1_000 + shift)"
        }
        let level = number % max(1, frequent)
        guard row >= starts[level] else { return "early" }
        return level == replaced ? "replaced \(level)" : "plan \(level)"
      }
    }
  }

  @Test("Whatever exact counts find is found, or said to be possible", arguments: 1...40)
  func isNeverSilent(seed: Int) throws {
    var source = SplitMix64(seed: UInt64(seed))
    for drifts in [true, true, false] {
      let sides = Self.random(&source, drifts: drifts)
      let exact = try #require(
        try BoundedLevels.check(sides[0], sides[1], levels: (nil, nil)))
      let limit = [10, 40, 120, 500][Int(source.next() % 4)]
      for levels in [(limit, nil), (nil, limit), (limit, limit)] as [(Int?, Int?)] {
        let feature = try #require(
          try BoundedLevels.check(sides[0], sides[1], levels: levels))
        #expect(
          exact.status == .ok || feature.status != .ok,
          "\(levels): \(exact.reasons) but \(feature.notes)")
        // What is only possible is worded so.
        for reason in feature.reasons where reason.contains("may") {
          #expect(
            reason.contains("up to")
              && reason.hasSuffix("as there were more levels than memory holds"))
        }
      }
    }
  }
}
