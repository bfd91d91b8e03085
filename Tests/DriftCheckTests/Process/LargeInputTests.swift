import DriftTestSupport
import Foundation
import Testing

/// Baselines that do not fit into the memory limit, of kinds that are read otherwise.
@Suite("Large arrays, and an older job's bins") struct LargeInputTests {
  /// An array of one column of doubles, as NumPy writes it.
  private static func array(_ values: [Double]) -> Data {
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(values.count), 1), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8))
    values.withUnsafeBytes { data.append(contentsOf: $0) }
    return data
  }

  @Test func aLargeArrayIsProfiled() throws {
    let folder = try ScratchFolder()
    var source = SeededNormal(seed: 1)
    let values = source.sample(2_400_000, mean: 0, standardDeviation: 1)
    try folder.write(Self.array(values), to: "baseline.npy")
    try folder.write(CSVTable(["speed": CSVTable.normal(3_000, seed: 2)]).text(), to: "current.csv")
    let arguments = [
      "--baseline", "baseline.npy", "--current", "current.csv", "--no-mmd", "--format", "json",
    ]
    func report(_ flags: [String]) throws -> OrderedJSON {
      let outcome = try DriftCheckBinary.run(arguments + flags, in: folder.url)
      #expect(outcome.exitCode == 0, "\(outcome)")
      return try OrderedJSON(outcome.standardOutput)
    }
    let (exact, bounded) = (try report([]), try report(["--memory-limit", "64M"]))
    // The names are those of the other side.
    #expect(exact.at("features/@speed/baseline/rows") == 2_400_000)
    #expect(bounded.at("features/@speed/baseline") == exact.at("features/@speed/baseline"))
    #expect(bounded["notes"]?.texts.contains { $0.contains("quantile sketch") } == true)
    let stability = [exact, bounded].map { $0.at("features/@speed/psi/value")?.double ?? .nan }
    #expect(abs(stability[0] - stability[1]) < 0.002)
  }

  @Test func anOlderJobsBinsAreRefusedWhereTheyDoNotFit() throws {
    let folder = try ScratchFolder()
    try folder.write(
      CSVTable(["x": CSVTable.normal(900_000, seed: 3)]).text(), to: "baseline.csv")
    let arguments = [
      "--baseline", "baseline.csv", "--current", "baseline.csv", "--psi-compat", "churn-mlops",
      "--no-mmd", "--quiet",
    ]
    let refused = try DriftCheckBinary.run(arguments + ["--memory-limit", "64M"], in: folder.url)
    #expect(refused.exitCode == 65, "\(refused)")
    #expect(refused.errorText.contains("--memory-limit"))
    let outcome = try DriftCheckBinary.run(arguments, in: folder.url)
    #expect(outcome.exitCode == 0, "\(outcome)")
  }
}
