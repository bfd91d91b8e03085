import DriftTestSupport
import Foundation
import Testing

/// An input that is written to while the program reads ends it with 74 and no report.
@Suite struct ChangedInputTests {
  private static func table(_ seed: UInt64) -> String {
    CSVTable(["x": CSVTable.normal(300, seed: seed), "y": CSVTable.normal(300, seed: seed + 1)])
      .text()
  }

  /// The first part of a side is changed when the program has gone on to the second, a FIFO: it has
  /// read all of the first one, and waits.
  @Test(
    arguments: [
      "head -3 other.csv | tail -1 >> a.csv", "truncate -s 2000 a.csv",
      "sleep 0.05; dd if=other.csv of=a.csv conv=notrunc bs=100 count=1 seek=5 status=none",
      "cp a.csv new.csv; mv new.csv a.csv",
    ], ["--baseline", "--current"])
  func isNotRead(_ change: String, _ side: String) throws {
    let folder = try ScratchFolder()
    try folder.write(Self.table(1), to: "a.csv")
    try folder.write(Self.table(3), to: "other.csv")
    let script = """
      mkfifo b.fifo
      (exec 3> b.fifo; \(change); cat other.csv >&3) &
      exec timeout 50 "$@"
      """
    let other = side == "--current" ? "--baseline" : "--current"
    let outcome = try DriftCheckBinary.run(
      [side, "a.csv", "b.fifo", other, "other.csv"], in: folder.url,
      wrapper: DriftCheckBinary.shell(script))
    #expect(outcome.exitCode == 74, "\(outcome)")
    #expect(
      outcome.errorText.contains(
        "a.csv: changed while it was read; run again when nothing writes to it"), "\(outcome)")
    #expect(try !folder.names().contains("data_drift_latest.json"))
  }

  /// Without a change the same run ends well.
  @Test func isRead() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.table(1), to: "a.csv")
    try folder.write(Self.table(3), to: "other.csv")
    let outcome = try DriftCheckBinary.run(
      ["--baseline", "other.csv", "--current", "a.csv", "b.fifo"], in: folder.url,
      wrapper: DriftCheckBinary.shell(
        "mkfifo b.fifo; (exec 3> b.fifo; cat a.csv > copy; cat other.csv >&3) & exec timeout 50 \"$@\""
      ))
    #expect(outcome.exitCode == 0, "\(outcome)")
  }
}
