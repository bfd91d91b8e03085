import DriftTestSupport
import Testing

/// Columns without a name: a data frame's index, or a delimiter at the end of the header.
@Suite struct UnnamedColumnTests {
  private static func table(_ header: String, _ rows: Int, from: Int = 0, end: String = "")
    -> String
  {
    var source = SeededNormal(seed: UInt64(rows + from))
    return "\(header)\n"
      + (0..<rows).map { "\(from + $0),\(source.sample(1)[0])\(end)\n" }.joined()
  }

  @Test("They are called by their number and left out, with a note") func index() throws {
    let check = try CheckFolder(
      baseline: Self.table(",x", 100), current: Self.table(",x", 101, from: 500))
    let report = try check.check(["--no-mmd"], exitCode: 0)
    #expect(report["status"] == "OK")
    #expect(report["psi_by_feature"]?.keys == ["x"])
    #expect(report["notes"]?.texts.filter { $0.contains("column 1") }.count == 1)
    #expect(report["notes"]?.texts.contains { $0.contains("only in the current") } == false)
    let asked = try check.check(["--no-mmd", "--features", "column 1,x"], exitCode: 2)
    #expect(asked["psi_by_feature"]?.keys == ["column 1", "x"])
    #expect(asked["notes"]?.texts.contains { $0.contains("without a name") } == false)
    let excluded = try check.check(["--no-mmd", "--exclude", "column 1"], exitCode: 0)
    #expect(excluded["notes"]?.texts.contains { $0.contains("column 1") } == false)
  }

  @Test("In one file only", arguments: [true, false]) func oneSide(isBaseline: Bool) throws {
    let with = Self.table("a,x,", 100, end: ",")
    let without = Self.table("a,x", 101, from: 1)
    let check = try CheckFolder(
      baseline: isBaseline ? with : without, current: isBaseline ? without : with)
    let report = try check.check(["--no-mmd", "--exclude", "a"], exitCode: 0)
    #expect(report["notes"]?.texts.filter { $0.contains("column 3") }.count == 1)
    #expect(report["psi_by_feature"]?.keys == ["x"])
  }

  @Test("A profile, and a stream, say the same") func ways() throws {
    let check = try CheckFolder(
      baseline: Self.table(",x", 100), current: Self.table(",x", 101, from: 500))
    let expected = try check.check(["--no-mmd"], exitCode: 0)
    let profiled = try DriftCheckBinary.run(
      ["profile", "baseline.csv", "--output", "b.profile"], in: check.folder.url)
    #expect(profiled.exitCode == 0, "\(profiled)")
    let outcome = try DriftCheckBinary.run(
      [
        "--baseline", "b.profile", "--current", "current.csv", "--output", "p.json", "--no-mmd",
      ], in: check.folder.url)
    #expect(outcome.exitCode == 0, "\(outcome)")
    let report = try OrderedJSON(check.folder.read("p.json"))
    #expect(report["notes"] == expected["notes"] && report["features"] == expected["features"])
  }

  @Test("Names of which nothing is seen, and names that were meant") func mistakes() throws {
    let check = try CheckFolder(baseline: "Age,x\n1,2\n", current: "Age,x\n1,2\n")
    let outcome = try check.run(["--features", "age"])
    #expect(outcome.exitCode == 65, "\(outcome)")
    #expect(outcome.errorText.contains("did you mean 'Age'? the names differ by case"))
    let gone = try CheckFolder(baseline: "Age,x\n1,2\n", current: "age,x\n1,2\n")
    let report = try gone.check(exitCode: 2)
    let reason = try #require(report["reasons"]?.texts.first)
    #expect(reason.contains("did you mean 'age'?") && reason.contains("--missing-features ignore"))
    #expect(reason.contains("--exclude"))
    let ignored = try gone.check(["--missing-features", "ignore"], exitCode: 0)
    #expect(ignored["notes"]?.texts.contains { $0.contains("did you mean 'age'?") } == true)
  }
}
