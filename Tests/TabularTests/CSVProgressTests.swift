import Foundation
import Tabular
import Testing

@Suite struct CSVProgressTests {
  private static let text = "a,b\n" + (0..<1000).map { "\($0),\($0)\n" }.joined()

  @Test func onceAChunk() throws {
    let bytes = Array(Self.text.utf8)
    var steps: [TableReader.Progress] = []
    _ = try TableReader(options: options(chunk: 1000)).read(
      [.bytes(bytes, name: "1.csv"), .bytes(bytes, name: "2.csv")], plan: all(.automatic),
      progress: { steps.append($0) })
    #expect(steps.allSatisfy { $0.bytesTotal == bytes.count * 2 && $0.pass == 1 })
    #expect(steps.last?.bytesRead == bytes.count * 2)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.bytesRead <= $1.bytesRead })
    let chunks = 2 * bytes.count / 1000
    #expect(steps.count >= chunks && steps.count <= chunks + 8)
  }

  @Test func secondPass() throws {
    let bytes = Array((Self.text + String(repeating: "x,1\n", count: 2_000)).utf8)
    var steps: [TableReader.Progress] = []
    _ = try TableReader(options: options(chunk: 1000)).read(
      [.bytes(bytes, name: "1.csv")], plan: all(.automatic), progress: { steps.append($0) })
    let second = steps.drop { $0.pass == 1 }
    #expect(second.allSatisfy { $0.pass == 2 && $0.bytesRead <= bytes.count })
    #expect(second.count > 5)
    #expect(try #require(second.first).bytesRead <= 1000)
  }

  @Test func sizeOfFilesIsKnown() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.csv", Self.text)
    var totals: Set<Int?> = []
    _ = try TableReader().read(
      [.file(path)], plan: all(.automatic), progress: { totals.insert($0.bytesTotal) })
    #expect(totals == [Self.text.utf8.count])
    totals = []
    #expect(throws: CSVError.self) {
      try TableReader().read(
        [.file(path), .file("/dev/zero")], plan: all(.automatic),
        progress: { totals.insert($0.bytesTotal) })
    }
    #expect(totals == [nil])
  }

  @Test(arguments: [1, 2, 5])
  func cancels(atCall limit: Int) {
    struct Cancelled: Error {}
    var calls = 0
    #expect(throws: Cancelled.self) {
      try TableReader(options: options(chunk: 100)).read(
        [.bytes(Array(Self.text.utf8), name: "1.csv")], plan: all(.automatic)
      ) { _ in
        calls += 1
        if calls == limit { throw Cancelled() }
      }
    }
    #expect(calls == limit)
  }

  /// Blank lines hold no record, and still the reading can be stopped among them.
  @Test func cancelsInBlankLines() {
    struct Cancelled: Error {}
    let bytes = Array("a\n1\n".utf8) + [UInt8](repeating: 0x0A, count: 100_000)
    #expect(throws: Cancelled.self) {
      try TableReader(options: options(chunk: 100)).read(
        [.bytes(bytes, name: "1.csv")], plan: all(.automatic)
      ) { progress in
        if progress.bytesRead > 1000 { throw Cancelled() }
      }
    }
  }
}
