import DriftTestSupport
import Foundation
import Testing

/// Tables that are written as in other countries, and as spreadsheets do.
@Suite struct DialectProcessTests {
  private static func numbers(_ seed: UInt64, by amount: Double) -> [Double] {
    CSVTable.normal(300, seed: seed).map { (Double($0) ?? 0) + amount }
  }

  /// Numbers of some thousands, written somehow.
  private static func table(_ values: [Double], _ written: (Double) -> String) -> String {
    "x;y\n" + values.map { "\(written(1_000 * $0 + 9_000));1\n" }.joined()
  }

  private static func grouped(_ value: Double, _ separator: String, _ point: String) -> String {
    let digits = String(Int(abs(value)))
    let head = digits.dropLast(3)
    return (value < 0 ? "-" : "") + (head.isEmpty ? "" : head + separator) + digits.suffix(3)
      + point + "25"
  }

  static let notations: [(separator: String, point: String, flags: [String])] = [
    (",", ".", ["--thousands", "comma"]), ("", ",", ["--decimal", "comma"]),
    (".", ",", ["--decimal", "comma", "--thousands", "point"]),
    ("'", ".", ["--thousands", "apostrophe"]),
    ("\u{A0}", ",", ["--decimal", "comma", "--thousands", "space"]),
  ]

  /// The flag reads the numbers, and without it a note names it.
  @Test(arguments: notations.indices)
  func numbersAreRead(_ index: Int) throws {
    let (separator, point, flags) = Self.notations[index]
    let sides = [0.0, 3].enumerated().map { seed, amount in
      Self.table(Self.numbers(UInt64(seed), by: amount)) { Self.grouped($0, separator, point) }
    }
    let check = try CheckFolder(baseline: sides[0], current: sides[1])
    let report = try check.check(["--no-mmd"] + flags, exitCode: 2)
    #expect(report.at("features/@x/kind") == "numeric")
    let note = try check.run(["--no-mmd"])
    #expect(note.outputText.contains(flags.joined(separator: " ")), "\(note)")
  }

  @Test func currencyIsToBeStripped() throws {
    let text = Self.table(Self.numbers(1, by: 0)) { "$" + Self.grouped($0, ",", ".") }
    let run = try CheckFolder(baseline: text, current: text).run(["--no-mmd"])
    #expect(run.outputText.contains("x: the texts are amounts, such as \"$"), "\(run)")
    #expect(run.outputText.contains("strip currency"))
    #expect(run.outputText.contains("--thousands comma"))
  }

  /// A file in another encoding is WARN, and read as it is meant when the flag says so.
  @Test func anotherEncoding() throws {
    let text = "name,x\n" + (0..<300).map { "\($0 % 2 == 0 ? "é" : "ü"),\($0 % 7)\n" }.joined()
    let latin = Data(text.unicodeScalars.map { UInt8($0.value) })
    let check = try CheckFolder(baseline: text, current: text)
    try latin.write(to: check.folder.url.appending(path: "current.csv"))
    let warned = try check.run(["--no-mmd", "--exclude", "name"])
    #expect(warned.exitCode == 0)
    #expect(
      warned.outputText.contains(
        "current.csv:2: not UTF-8, the first byte that is none is 0xE9"),
      "\(warned)")
    #expect(try check.report()["status"] == "WARN")
    try latin.write(to: check.folder.url.appending(path: "baseline.csv"))
    #expect(try check.check(["--encoding", "latin1"], exitCode: 0)["status"] == "OK")
    let failed = try check.run(["--encoding", "EUC-JP"])
    #expect(failed.exitCode == 65)
    #expect(failed.errorText.contains("baseline.csv:2: no EUC-JP text at byte 7"), "\(failed)")
  }

  /// A first line of numbers is said.
  @Test func aMissingHeader() throws {
    let text = "0.5,1.5\n" + (0..<300).map { "\($0 % 9),\($0 % 7)\n" }.joined()
    let run = try CheckFolder(baseline: text, current: text).run(["--no-mmd"])
    #expect(run.exitCode == 0)
    #expect(run.outputText.contains("only numbers (0.5,1.5)"), "\(run)")
    let other = try CheckFolder(baseline: text, current: "0.5,2.5\n" + text.dropFirst(8))
    let failed = try other.run(["--no-mmd"])
    #expect(failed.exitCode == 2)
    #expect(failed.outputText.contains("is a header missing?"), "\(failed)")
  }
}
