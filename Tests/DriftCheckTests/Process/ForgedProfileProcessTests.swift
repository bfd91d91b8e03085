import DriftTestSupport
import Foundation
import Testing

/// Small profiles that stand for much memory, or for very many rows.
@Suite("Forged profiles, as a process", .serialized) struct ForgedProfileProcessTests {
  /// Eight columns of one value, 2^24 times.
  private static var repeated: ForgedProfile {
    ForgedProfile(
      rows: 1 << 24,
      columns: (0..<8).map {
        var column = ForgedNumbers(rows: 1 << 24, values: .runs([(value: 1, rows: 1 << 24)]))
        column.name = "x\($0)"
        return column.bytes
      })
  }

  /// Levels with 28,000 bytes in common.
  private static var alike: ForgedProfile {
    let levels = (0..<5_000).map { level in
      let rest = [UInt8(level >> 8), UInt8(level & 0xFF)]
      return level == 0
        ? (shared: 0, rest: [UInt8](repeating: 97, count: 28_000) + rest, rows: 1)
        : (shared: 28_000, rest: rest, rows: 1)
    }
    return ForgedProfile(rows: 5_000, columns: [ForgedProfile.levels("a", levels)])
  }

  private static func run(_ arguments: [String], _ folder: ScratchFolder, code: Int32) throws
    -> Outcome
  {
    let outcome = try DriftCheckBinary.run(
      arguments + ["--memory-limit", "64M"], in: folder.url,
      wrapper: DriftCheckBinary.shell("ulimit -v \(400 << 10); exec \"$@\""))
    #expect(outcome.exitCode == code, "\(arguments) \(outcome)")
    return outcome
  }

  @Test("What takes more than the memory limit is refused") func tooLarge() throws {
    let folder = try ScratchFolder()
    try folder.write("x0,a\n1,b\n2,c\n", to: "a.csv")
    for (name, profile) in [("repeated", Self.repeated), ("alike", Self.alike)] {
      try folder.write(Data(profile.bytes), to: name)
      try folder.write(Data(profile.bytes), to: "\(name)-2")
      for arguments in [
        ["merge", name, "\(name)-2", "--output", "m"],
        ["--baseline", name, "--current", "a.csv", "--output", "m"],
        ["--baseline", "a.csv", "--current", name, "--output", "m"],
        ["profile", "a.csv", "--edges-from", name, "--output", "m"],
      ] {
        let outcome = try Self.run(arguments, folder, code: 65)
        #expect(outcome.errorText.contains("give a higher --memory-limit"))
        #expect(outcome.errorText.contains(name))
        #expect(try !folder.names().contains("m"))
      }
    }
  }

  @Test("Few values of very many rows are merged at once") func manyRows() throws {
    let folder = try ScratchFolder()
    for (name, first, rows) in [("one", 0, 1 << 40), ("two", 1_000, 1)] {
      let column = ForgedNumbers(
        rows: 1_000 * rows,
        values: .few((0..<1_000).map { (value: Double(first + $0), rows: rows) }))
      let profile = ForgedProfile(rows: column.rows, columns: [column.bytes])
      try folder.write(Data(profile.bytes), to: name)
    }
    let outcome = try Self.run(["merge", "one", "two", "--output", "m"], folder, code: 0)
    #expect(outcome.outputText.contains("\(1_000 << 40 + 1_000) rows"))
  }
}
