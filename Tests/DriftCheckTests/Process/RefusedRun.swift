import DriftTestSupport
import Foundation
import Testing

/// A command line that must be refused, and how.
struct RefusedRun: Sendable, CustomTestStringConvertible {
  let name: String
  let exitCode: Int32
  /// What the message must contain.
  let phrases: [String]
  var arguments: [String] = []
  var environment: [String: String] = [:]
  var wrapper: [String] = []
  var standardInput = "/dev/null"
  /// Prepares the folder.
  var prepare: @Sendable (ScratchFolder) throws -> Void = { _ in }

  var testDescription: String { name }

  static let oldReport = "an older report\n"

  /// Runs the command line and checks that it is refused: one line on standard error (three for
  /// wrong usage) with all phrases, nothing on standard output, no file written and the older
  /// report untouched.
  func verify(in folder: ScratchFolder, binary: String = DriftCheckBinary.path) throws {
    let names = try folder.names()
    let inode = try folder.inode(of: "report.json")
    let outcome = try DriftCheckBinary.run(
      arguments, in: folder.url, environment: environment, wrapper: wrapper, binary: binary,
      standardInput: standardInput)
    #expect(outcome.exitCode == exitCode, "\(outcome)")
    #expect(outcome.standardOutput.isEmpty, "\(outcome)")
    #expect(outcome.errorText.hasSuffix("\n"))
    if exitCode == 64 {
      #expect(outcome.errorLines.count == 3, "\(outcome)")
      #expect(outcome.errorText.hasPrefix("Error: "), "\(outcome)")
      #expect(outcome.errorLines.dropFirst().first?.hasPrefix("Usage: drift-check ") == true)
      #expect(
        outcome.errorLines.last == "  See 'drift-check --help' for more information.",
        "\(outcome)")
    } else {
      #expect(outcome.errorLines.count == 1, "\(outcome)")
      #expect(outcome.errorText.hasPrefix("drift-check: error: "), "\(outcome)")
    }
    for phrase in phrases { #expect(outcome.errorText.contains(phrase), "\(outcome)") }
    #expect(try folder.read("report.json") == Data(Self.oldReport.utf8))
    #expect(try folder.inode(of: "report.json") == inode)
    #expect(try folder.names() == names)
  }

  /// A folder with a good table, `good.csv`, and an older report, prepared.
  func makeFolder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    let good = CSVTable(["a": CSVTable.normal(60, seed: 1), "b": CSVTable.normal(60, seed: 2)])
    try folder.write(good.text(), to: "good.csv")
    try folder.write(Self.oldReport, to: "report.json")
    try prepare(folder)
    return folder
  }
}
