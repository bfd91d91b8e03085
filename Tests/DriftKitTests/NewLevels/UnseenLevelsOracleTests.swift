import DriftKit
import DriftTestSupport
import Testing

/// New and lost levels against `fixtures/oracles/unseen_levels.json`.
@Suite("Levels of one side only, against a reference")
struct UnseenLevelsOracleTests {
  struct Expected: Decodable, Sendable {
    let share: Double
    let expectedShare: Double
    let goodTuringShare: Double
    let pValue: Double
    /// Levels with their rows.
    let examples: [[Cell]]
  }

  /// A text or a number.
  enum Cell: Decodable, Sendable, Equatable {
    case text(String)
    case number(Int)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let baseline: [String?]
    let current: [String?]
    let newLevels: Expected
    let lostLevels: Expected
    var testDescription: String { name }
  }

  private static let oracle: OracleTable<Case>? = try? Oracle.load("unseen_levels")

  @Test("The file is there")
  func there() throws {
    #expect(try Oracle.load("unseen_levels", as: OracleTable<Case>.self).cases.count == 14)
  }

  private func close(_ value: Double, _ expected: Double, _ what: String) {
    let closeness = Closeness(
      value, to: expected, relative: Self.oracle?.relativeTolerance ?? 0)
    #expect(closeness.holds || abs(value - expected) < 1e-300, "\(what): \(closeness)")
  }

  @Test("Shares, p-values and examples", arguments: oracle?.cases ?? [])
  func reference(_ item: Case) throws {
    let new = try NewLevelsTest(baseline: item.baseline, current: item.current)
    close(new.share, item.newLevels.share, "share")
    close(new.expectedShare, item.newLevels.expectedShare, "expected share")
    close(new.goodTuringShare, item.newLevels.goodTuringShare, "Good and Turing")
    close(new.pValue, item.newLevels.pValue, "p")
    let newExamples: [[Cell]] = new.examples.map {
      [.text($0.level.description), .number($0.count)]
    }
    #expect(newExamples == item.newLevels.examples)

    let lost = try LostLevelsTest(baseline: item.baseline, current: item.current)
    close(lost.share, item.lostLevels.share, "share")
    close(lost.expectedShare, item.lostLevels.expectedShare, "expected share")
    close(lost.goodTuringShare, item.lostLevels.goodTuringShare, "Good and Turing")
    close(lost.pValue, item.lostLevels.pValue, "p")
    let lostExamples: [[Cell]] = lost.examples.map {
      [.text($0.level.description), .number($0.count)]
    }
    #expect(lostExamples == item.lostLevels.examples)
  }

  @Test("Lost levels are new levels with the sides swapped", arguments: oracle?.cases ?? [])
  func swapped(_ item: Case) throws {
    let lost = try LostLevelsTest(baseline: item.baseline, current: item.current)
    let new = try NewLevelsTest(baseline: item.current, current: item.baseline)
    #expect(lost.share == new.share && lost.expectedShare == new.expectedShare)
    #expect(lost.pValue == new.pValue && lost.goodTuringShare == new.goodTuringShare)
    #expect(lost.examples.map(\.level) == new.examples.map(\.level))
  }

  @Test("A side without levels is named")
  func noLevels() {
    for (x, y, name) in [
      ([], ["a"], "the baseline has no level"), (["a"], [], "the current data has no level"),
    ] as [([String], [String], String)] {
      let lost = #expect(throws: StatisticsError.self) {
        try LostLevelsTest(baseline: x, current: y)
      }
      #expect(lost?.description.contains(name) == true)
      let new = #expect(throws: StatisticsError.self) {
        try NewLevelsTest(baseline: x, current: y)
      }
      #expect(new?.description.contains(name) == true)
    }
  }
}
