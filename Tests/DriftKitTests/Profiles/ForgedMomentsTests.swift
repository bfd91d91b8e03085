import DriftTestSupport
import Testing

import DriftKit

@Suite("Profiles whose moments contradict their values")
struct ForgedMomentsTests {
  private static func column(secondMoment: Double) -> ForgedNumbers {
    var column = ForgedNumbers(
      rows: 40, values: .few([(value: 0, rows: 20), (value: 2, rows: 20)]))
    column.secondMoment = secondMoment
    return column
  }

  @Test("Different values without a variance, by which differences of means would be divided")
  func noVariance() {
    let bytes = ForgedProfile(rows: 40, columns: [Self.column(secondMoment: 0).bytes]).bytes
    let error = #expect(throws: DriftError.self) { try DatasetProfile(decoding: bytes) }
    #expect(error?.code == .damagedProfile)
  }

  @Test("A second moment that vanishes when it is merged with larger values")
  func tinyVariance() {
    let column = Self.column(secondMoment: .leastNonzeroMagnitude)
    let bytes = ForgedProfile(rows: 40, columns: [column.bytes]).bytes
    let error = #expect(throws: DriftError.self) { try DatasetProfile(decoding: bytes) }
    #expect(error?.code == .damagedProfile)
  }

  @Test("An exponent that is not of the values") func exponent() {
    var column = Self.column(secondMoment: 1)
    column.exponent = 900
    let bytes = ForgedProfile(rows: 40, columns: [column.bytes]).bytes
    let error = #expect(throws: DriftError.self) { try DatasetProfile(decoding: bytes) }
    #expect(error?.code == .damagedProfile)
  }

  @Test("What two forged profiles merge to can be written and read")
  func merged() throws {
    // Each has the least variance that is believed; their means are those of other values.
    var (low, high) = (Self.column(secondMoment: 0.25), Self.column(secondMoment: 0.125))
    low.mean = 2
    high.values = .few([(value: 1, rows: 20), (value: 4, rows: 20)])
    high.range = (1, 4)
    high.mean = 2
    high.secondMoment = 0.125
    var merged = try DatasetProfile(
      decoding: ForgedProfile(rows: 40, columns: [low.bytes]).bytes)
    try merged.merge(
      DatasetProfile(decoding: ForgedProfile(rows: 40, columns: [high.bytes]).bytes))
    #expect(try DatasetProfile(decoding: merged.encoded()).rowCount == 80)
  }

  @Test("A third moment that no values in the range have", arguments: [-1e3, 1e300, .nan])
  func thirdMoment(_ third: Double) {
    var column = Self.column(secondMoment: 1)
    column.thirdMoment = third
    let bytes = ForgedProfile(rows: 40, columns: [column.bytes]).bytes
    let error = #expect(throws: DriftError.self) { try DatasetProfile(decoding: bytes) }
    #expect(error?.code == .damagedProfile)
  }

  @Test("With one they are a profile")
  func variance() throws {
    let bytes = ForgedProfile(rows: 40, columns: [Self.column(secondMoment: 1).bytes]).bytes
    #expect(try DatasetProfile(decoding: bytes).rowCount == 40)
  }
}
