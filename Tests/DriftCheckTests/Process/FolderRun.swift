import DriftTestSupport
import Foundation
import Testing

extension DriftCheckBinary {
  /// Runs the program in a folder, to the end that is expected.
  @discardableResult
  static func run(_ arguments: [String], _ folder: ScratchFolder, code: Int32 = 0) throws -> Outcome
  {
    let outcome = try run(arguments, in: folder.url)
    #expect(outcome.exitCode == code, "\(arguments) \(outcome)")
    return outcome
  }
}
