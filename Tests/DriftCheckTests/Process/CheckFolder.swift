import DriftTestSupport
import Foundation
import Testing

/// A folder with the two tables of a check, `baseline.csv` and `current.csv`.
struct CheckFolder {
  let folder: ScratchFolder

  init(baseline: String, current: String) throws {
    folder = try ScratchFolder()
    try folder.write(baseline, to: "baseline.csv")
    try folder.write(current, to: "current.csv")
  }

  init(baseline: CSVTable, current: CSVTable) throws {
    try self.init(baseline: baseline.text(), current: current.text())
  }

  /// Two columns, 200 rows a side, no drift.
  static func quiet() throws -> CheckFolder {
    func table(_ seed: UInt64) -> CSVTable {
      CSVTable([
        "x": CSVTable.normal(200, seed: seed), "plan": CSVTable.words(["free", "pro"], 200),
      ])
    }
    return try CheckFolder(baseline: table(1), current: table(3))
  }

  static let arguments = [
    "--baseline", "baseline.csv", "--current", "current.csv", "--output", "report.json",
  ]

  /// Runs a check of the two tables; the report goes to `report.json`.
  func run(_ more: [String] = [], environment: [String: String] = [:], wrapper: [String] = [])
    throws -> Outcome
  {
    try DriftCheckBinary.run(
      Self.arguments + more, in: folder.url, environment: environment, wrapper: wrapper)
  }

  /// The report, read.
  func report() throws -> OrderedJSON {
    try OrderedJSON(folder.read("report.json"))
  }

  /// Runs a check that has to come to a verdict, and reads its report.
  func check(_ more: [String] = [], exitCode: Int32? = nil) throws -> OrderedJSON {
    let outcome = try run(more)
    #expect(outcome.standardError.isEmpty, "\(outcome)")
    if let exitCode {
      #expect(outcome.exitCode == exitCode, "\(outcome)")
    } else {
      #expect([0, 2].contains(outcome.exitCode), "\(outcome)")
    }
    return try report()
  }
}
