import DriftTestSupport
import Testing

@testable import DriftKit

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

  @Test("With one they are a profile")
  func variance() throws {
    let bytes = ForgedProfile(rows: 40, columns: [Self.column(secondMoment: 1).bytes]).bytes
    #expect(try DatasetProfile(decoding: bytes).rowCount == 40)
  }
}
