import DriftTestSupport
import Foundation
import Testing

/// Columns with very long names in a configuration.
@Suite struct LongNameTests {
  @Test(
    "What is printed is read again, however long the names are", arguments: [900, 1_100, 20_000])
  func printed(length: Int) throws {
    let folder = try ScratchFolder()
    let name = String(repeating: "n", count: length)
    try folder.write("{\"overrides\": {\"\(name)\": {\"psi-bins\": 7}}}", to: "c.json")
    let first = try DriftCheckBinary.run(
      ["--print-config", "--config", "c.json"], in: folder.url)
    #expect(first.exitCode == 0, "\(first)")
    try folder.write(first.outputText, to: "c.yaml")
    let second = try DriftCheckBinary.run(
      ["--print-config", "--config", "c.yaml"], in: folder.url)
    #expect(second.exitCode == 0, "\(second.errorText.prefix(300))")
    #expect(second.outputText.contains(name) && second.outputText.contains("psi-bins: 7"))
  }
}
