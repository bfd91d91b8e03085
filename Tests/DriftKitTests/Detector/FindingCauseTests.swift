import DriftKit
import DriftTestSupport
import Testing

/// A reason names what most of an index comes from.
@Suite("Causes of findings") struct FindingCauseTests {
  private static func reason(_ before: Column, _ after: Column) throws -> String {
    let result = try DriftDetector(baseline: Dataset([before])).check(Dataset([after]))
    let finding = try #require(result.features[0].finding(of: .populationStability))
    let text = try #require(result.features[0].reasons.first { $0.contains("PSI") })
    #expect(finding.cause.map { text.hasSuffix(", \($0)") } ?? !text.contains("most of it"))
    return text
  }

  @Test func missingCells() throws {
    var source = SeededNormal(seed: 4)
    let (x, y) = (source.sample(500), source.sample(500))
    let holes = y.enumerated().map { $0.offset < 155 ? .nan : $0.element }
    let text = try Self.reason(Column("x", x), Column("x", holes))
    #expect(text.hasSuffix("most of it from missing cells, 0.0 % -> 31.0 %"), "\(text)")
  }

  @Test func level() throws {
    func cells(_ red: Int, _ blue: Int, _ green: Int) -> [String?] {
      [("red", red), ("blue", blue), ("green", green)].flatMap {
        [String?](repeating: $0.0, count: $0.1)
      }
    }
    let one = try Self.reason(Column("c", cells(50, 225, 225)), Column("c", cells(275, 112, 113)))
    #expect(one.hasSuffix("most of it from level `red`, 10.0 % -> 55.0 %"), "\(one)")
    let two = try Self.reason(Column("c", cells(100, 300, 100)), Column("c", cells(200, 100, 200)))
    #expect(two.contains("most of it from level `blue`, 60.0 % -> 20.0 %"), "\(two)")
    let long = [String?](repeating: String(repeating: "a", count: 12_345), count: 500)
    let cut = try Self.reason(Column("c", cells(500, 0, 0)), Column("c", long))
    #expect(cut.utf8.count < 250, "\(cut)")
    #expect(cut.contains("... (12,345 bytes)`") || cut.contains("level `red`"), "\(cut)")
  }

  @Test func values() throws {
    let x = (0..<1_000).map { Double($0) }
    let high = x.enumerated().map { $0.offset % 5 == 0 ? 2_000 + $0.element : $0.element }
    let text = try Self.reason(Column("x", x), Column("x", high))
    #expect(text.contains("values >= 899.1, 10.0 % -> 28.0 %"), "\(text)")
    let zero = x.map { $0 < 300 ? 0 : $0 }
    let zeros = zero.enumerated().map { $0.offset % 2 == 0 ? 0 : $0.element }
    let atom = try Self.reason(Column("x", zero), Column("x", zeros))
    #expect(atom.contains("the value 0, 30.0 % -> 65.0 %"), "\(atom)")
  }

  @Test("Many small changes have no cause")
  func none() throws {
    func cells(_ shift: Int) -> [String?] {
      (0..<20).flatMap { level in
        [String?](repeating: "l\(level)", count: (level % 2 == 0) == (shift == 0) ? 80 : 20)
      }
    }
    let text = try Self.reason(Column("c", cells(0)), Column("c", cells(1)))
    #expect(!text.contains("most of it"), "\(text)")
  }
}
