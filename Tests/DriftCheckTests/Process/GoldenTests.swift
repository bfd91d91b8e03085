import DriftTestSupport
import Foundation
import Testing

/// The reports of the drifted fixtures, as they were when somebody last looked at every number.
/// `DRIFT_RECORD=1` writes them anew; the difference is then reviewed like code.
@Suite struct GoldenTests {
  private static let records = ProcessInfo.processInfo.environment["DRIFT_RECORD"] == "1"

  /// The recorded bytes; with `DRIFT_RECORD=1` they become `data` first.
  private static func recorded(_ name: String, _ data: Data) throws -> Data {
    let file = Project.fixture("golden/\(name)")
    if records {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: file)
    }
    return try Data(contentsOf: file)
  }

  @Test(arguments: FixtureRun.names)
  func report(_ name: String) throws {
    let run = try FixtureRun.drifted(name)
    let golden = try OrderedJSON(Self.recorded("\(name)-drifted.json", run.report))
    let differences = try golden.differences(from: OrderedJSON(run.report))
    #expect(differences == [])
    // The oracle of the comparison itself: a number that is off is seen.
    #expect(golden.differences(from: .object([])) != [])
  }

  @Test func table() throws {
    let run = try FixtureRun.drifted("jukebox")
    // The last line names the file, which is in a temporary folder.
    let lines = run.outcome.outputText.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.filter { !$0.hasPrefix("report: ") }.joined(separator: "\n")
    let golden = try Self.recorded("jukebox-drifted.txt", Data(text.utf8))
    #expect(text == String(decoding: golden, as: UTF8.self))
    #expect(lines.count { $0.hasPrefix("report: ") } == 1)
  }
}

extension OrderedJSON {
  /// What is not the same in another document, by path. The order of keys counts. Numbers may be
  /// off by 1e-9 (relative); the kernel statistic, whose kernel is in single precision, by 1e-6,
  /// since BLAS rounds differently on other processors.
  fileprivate func differences(from other: OrderedJSON, at path: String = "") -> [String] {
    switch (self, other) {
    case (.object(let members), .object):
      guard keys == other.keys else { return ["\(path): keys \(keys) became \(other.keys)"] }
      return members.flatMap { member in
        other[member.key].map {
          member.value.differences(from: $0, at: "\(path)/\(member.key)")
        } ?? []
      }
    case (.array(let values), .array(let others)) where values.count == others.count:
      return zip(values, others).enumerated().flatMap { index, pair in
        pair.0.differences(from: pair.1, at: "\(path)/\(index)")
      }
    case (.number(let expected), .number(let actual)):
      let closeness =
        path == "/mmd/statistic"
        ? Closeness(actual, to: expected, absolute: 1e-6)
        : Closeness(actual, to: expected, relative: 1e-9)
      return closeness.holds ? [] : ["\(path): \(closeness)"]
    default:
      return self == other ? [] : ["\(path): \(self) became \(other)"]
    }
  }
}
