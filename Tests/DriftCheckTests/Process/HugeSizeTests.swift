import DriftTestSupport
import Foundation
import Testing

/// Files that say they are larger than any number: sizes are added up without a trap.
@Suite struct HugeSizeTests {
  /// A file of so many bytes, all of them holes but the first ones. File systems on disks end at
  /// 16 TiB or so, the one in memory does not.
  private static func sparse(_ folder: String, _ name: String, _ first: [UInt8], size: Int) throws
    -> String
  {
    let path = "\(folder)/\(name)"
    try Data(first).write(to: URL(filePath: path))
    #expect(truncate(path, off_t(size)) == 0, "\(size) bytes at \(path)")
    return path
  }

  private static let arguments = ["--no-mmd", "--output", "report.json"]

  @Test(arguments: [
    // 2^59 bytes may become twenty times as many.
    (names: ["a.gz"], first: [0x1F, 0x8B, 8, 0], bits: 59),
    (names: ["a.csv", "b.csv"], first: Array("x,y\n1,2\n".utf8), bits: 62),
    (names: ["a.csv", "b.csv", "c.csv"], first: Array("x,y\n1,2\n".utf8), bits: 62),
  ])
  func areRefused(_ c: (names: [String], first: [UInt8], bits: Int)) throws {
    let folder = "/dev/shm/drift-check-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let good = try ScratchFolder()
    try good.write("x,y\n1,2\n2,3\n", to: "good.csv")
    let files = try c.names.map { try Self.sparse(folder, $0, c.first, size: 1 << c.bits) }
    for sides in [
      ["--baseline"] + files + ["--current", "good.csv"],
      ["--baseline", "good.csv", "--current"] + files,
      ["--psi-compat", "churn-mlops", "--baseline"] + files + ["--current", "good.csv"],
    ] {
      let outcome = try DriftCheckBinary.run(sides + Self.arguments, in: good.url)
      // A hole is NUL bytes, which no text has, or damaged data.
      #expect(outcome.exitCode == 65, "\(sides) \(outcome)")
      #expect(outcome.errorLines.count == 1, "\(outcome)")
      #expect(try !good.names().contains("report.json"))
    }
    let profiled = try DriftCheckBinary.run(
      ["profile"] + files + ["--output", "x.profile"], in: good.url)
    #expect(profiled.exitCode == 65, "\(profiled)")
  }
}
