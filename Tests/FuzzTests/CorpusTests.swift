internal import DriftTestSupport
internal import Foundation
internal import FuzzTargets
import Testing

/// What `make fuzz` begins with, and what it found before, without its sanitizers: the same
/// functions, once for each kept input.
@Suite("Kept inputs of the fuzzers")
struct CorpusTests {
  @Test(
    "Every kept input is taken or refused, and nothing impossible comes of it",
    arguments: FuzzTarget.all.map(\.name))
  func keptInputs(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let folder = Project.fixture("fuzz").appending(path: name)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files.count >= 8, "a corpus of \(files.count) inputs")
    for file in files {
      let bytes = try Array(Data(contentsOf: folder.appending(path: file)))
      #expect(throws: Never.self, "fixtures/fuzz/\(name)/\(file)") { try target.run(bytes) }
    }
  }

  @Test("Odd beginnings are taken or refused too", arguments: FuzzTarget.all.map(\.name))
  func shortInputs(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    for byte in stride(from: UInt8(0), through: 252, by: 12) {
      for count in [0, 1, 40] { try target.run([UInt8](repeating: byte, count: count)) }
    }
  }
}
