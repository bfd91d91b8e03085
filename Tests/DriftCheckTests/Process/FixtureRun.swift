import DriftTestSupport
import Foundation

/// A check of one of the pairs in `fixtures/` with the defaults, made once for all tests.
///
/// The program runs at the top of the checkout, so that the paths in the report are the same
/// everywhere.
struct FixtureRun: Sendable {
  let name: String
  let outcome: Outcome
  /// The report's bytes.
  let report: Data

  static let names = ["wdbc", "jukebox", "churn"]

  private static let current = runs("current")
  private static let drifted = runs("drifted")

  /// The pair of the baseline and the table without drift.
  static func current(_ name: String) throws -> FixtureRun { try current.get()[name].unwrapped() }

  /// The pair of the baseline and the table with drift.
  static func drifted(_ name: String) throws -> FixtureRun { try drifted.get()[name].unwrapped() }

  /// The flags that name a pair's files.
  static func inputs(_ name: String, _ table: String) -> [String] {
    ["--baseline", "fixtures/\(name)/baseline.csv", "--current", "fixtures/\(name)/\(table).csv"]
  }

  private static func runs(_ table: String) -> Result<[String: FixtureRun], any Error> {
    Result {
      let folder = try ScratchFolder()
      var runs: [String: FixtureRun] = [:]
      for name in names {
        let outcome = try DriftCheckBinary.run(
          inputs(name, table) + ["--output", folder.path("\(name).json")], in: Project.root)
        runs[name] = FixtureRun(
          name: name, outcome: outcome, report: (try? folder.read("\(name).json")) ?? Data())
      }
      return runs
    }
  }
}

extension Optional {
  /// The value.
  /// - Throws: when there is none.
  fileprivate func unwrapped() throws -> Wrapped {
    guard let self else { throw CocoaError(.fileNoSuchFile) }
    return self
  }
}
