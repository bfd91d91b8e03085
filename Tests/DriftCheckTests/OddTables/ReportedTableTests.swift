import DriftTestSupport
import Foundation
import Testing

/// Pairs of tables after troubles that people report of tables like these, and what must come of them.
@Suite("Reported tables, as a process")
struct ReportedTableTests {
  /// A pair of tables, and what must come of it.
  struct Pair: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let about: String
    let arguments: String
    /// The exit codes that are right.
    let exit: [Int32]
    /// Patterns that the output, or a reason or note of the report, must match.
    let says: [String]

    var testDescription: String { "\(name): \(about)" }
  }

  private static let pairs =
    (try? JSONDecoder().decode(
      [Pair].self, from: Data(contentsOf: Project.fixture("tables/tables.json")))) ?? []

  @Test("All are there")
  func count() {
    #expect(Self.pairs.count == 34)
  }

  @Test("Right exit code, and the cause is said", arguments: pairs)
  func right(_ pair: Pair) throws {
    let folder = try ScratchFolder()
    let report = folder.path("report.json")
    let outcome = try DriftCheckBinary.run(
      ["--baseline", "baseline.csv", "--current", "current.csv", "--output", report]
        + pair.arguments.split(separator: " ").map(String.init),
      in: Project.fixture("tables/\(pair.name)"))
    var said = outcome.outputText + outcome.errorText
    if let bytes = try? folder.read("report.json") {
      let report = try OrderedJSON(bytes)
      let lines = (report.at("reasons")?.texts ?? []) + (report.at("notes")?.texts ?? [])
      said += lines.joined(separator: "\n")
    }
    #expect(pair.exit.contains(outcome.exitCode ?? -1), "\(outcome)")
    for pattern in pair.says {
      #expect(try said.contains(Regex(pattern)), "does not say \(pattern): \(said.prefix(1_000))")
    }
  }
}
