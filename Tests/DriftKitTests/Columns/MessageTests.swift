import DriftKit
import DriftTestSupport
import Foundation
import Testing

/// The library does not know the flags of a program.
@Suite("Messages of the library") struct MessageTests {
  @Test(
    "No text of the floors names a flag",
    arguments: [
      "DriftColumns", "DriftSummaries", "DriftStatistics", "DriftDetection", "DriftKit",
    ]) func sources(module: String) throws
  {
    let folder = Project.root.appending(path: "Sources/\(module)")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var count = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      count += 1
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let code = line.drop { $0 == " " }
        guard !code.hasPrefix("//") else { continue }
        #expect(code.firstMatch(of: /"[^"]*--[a-z]/) == nil, "\(file.lastPathComponent): \(code)")
      }
    }
    #expect(count > 5)
  }

  @Test("A message is the problem and what helps") func recovery() throws {
    let numbers = DatasetProfile(try Dataset([Column("x", [1.0, 2])]))
    let words = DatasetProfile(try Dataset([Column("x", ["a", "1"])]))
    var merged = numbers
    let mixed = #expect(throws: DriftError.self) { try merged.merge(words) }
    #expect(mixed?.recovery?.kind == .sameKind && mixed?.recovery?.column == "x")
    #expect(mixed.map { "\($0.problem); \($0.recovery?.description ?? "")" } == mixed?.message)

    let onNumbers = try DriftDetector(baseline: Dataset([Column("x", [1.0, 2])]))
    let refused = #expect(throws: DriftError.self) { try onNumbers.check(words) }
    #expect(refused?.recovery?.kind == .numbers)
    let onWords = try DriftDetector(baseline: words)
    let other = #expect(throws: DriftError.self) { try onWords.check(numbers) }
    #expect(other?.recovery?.kind == .categories)
    for error in [mixed, refused, other] {
      #expect(error?.message.contains("--") == false, "\(error?.message ?? "no error")")
    }
    let plain = DriftError(.invalidData, "no rows")
    #expect(plain.recovery == nil && plain.message == "no rows")
  }

  @Test("Notes name the limit of memory, not a flag") func notes() throws {
    let options = DatasetProfile.Options(levels: 64)
    let table = { (start: Int) in
      try Dataset([Column("id", (0..<2_000).map { "level \($0 + start)" })])
    }
    let detector = try DriftDetector(baseline: DatasetProfile(try table(0), options: options))
    let result = try detector.check(DatasetProfile(try table(500), options: options))
    #expect(result.notes.contains { $0.contains("follows from the memory limit") })
    #expect(!(result.notes + result.reasons).contains { $0.contains("--") })
    #expect(
      result.notes(ProgramWords(memoryLimit: "--memory-limit")).contains {
        $0.contains("--memory-limit,")
      })
  }
}
