import DriftTestSupport
import Foundation
import Testing

/// The page for people, as a file beside the report.
@Suite struct PageFileTests {
  @Test func isWrittenBesideTheReport() throws {
    let check = try CheckFolder.quiet()
    let without = try check.run()
    let report = try check.folder.read("report.json")
    let outcome = try check.run(["--html", "new/page.html"])
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.standardOutput == without.standardOutput)
    #expect(try check.folder.read("report.json") == report)
    let page = String(decoding: try check.folder.read("new/page.html"), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>\n") && page.hasSuffix("</html>\n"))
    for word in ["No drift found", "baseline.csv", "current.csv", "1970-01-01T00:00:00Z"] {
      #expect(page.contains(word), "\(word)")
    }
    #expect(try check.folder.names(in: "new") == ["page.html"])
  }

  @Test func replacesTheFile() throws {
    let check = try CheckFolder.quiet()
    try check.folder.write("an older page\n", to: "page.html")
    let before = try check.folder.inode(of: "page.html")
    _ = try check.check(["--no-mmd", "--html", "page.html"], exitCode: 0)
    #expect(try check.folder.inode(of: "page.html") != before)
    #expect(try !check.folder.read("page.html").starts(with: Data("an older page".utf8)))
    #expect(
      try check.folder.names() == ["baseline.csv", "current.csv", "page.html", "report.json"])
  }

  @Test func olderPageStaysWhenThereIsNoVerdict() throws {
    let check = try CheckFolder(baseline: "a\n1\n2\n", current: "b\n1\n2\n")
    try check.folder.write("an older page\n", to: "page.html")
    let outcome = try check.run(["--html", "page.html"])
    #expect(outcome.exitCode == 65, "\(outcome)")
    #expect(try check.folder.read("page.html") == Data("an older page\n".utf8))
  }

  @Test func standardOutputAsTheFile() throws {
    let check = try CheckFolder.quiet()
    _ = try check.run(["--html", "page.html"])
    let outcome = try check.run(["--html", "/dev/stdout", "--quiet"])
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.standardOutput == (try check.folder.read("page.html")))
  }

  @Test func fullDeviceIsAnErrorAndTheReportStays() throws {
    let check = try CheckFolder.quiet()
    let outcome = try check.run(["--no-mmd", "--html", "/dev/full"])
    #expect(outcome.exitCode == 74, "\(outcome)")
    #expect(outcome.errorText.contains("cannot write '/dev/full'"))
    #expect(try check.report()["status"] == "OK")
  }

  /// Every real table, for any number of threads; page and report have the same verdict.
  @Test(arguments: ["wdbc", "jukebox", "churn"])
  func isTheSameForAnyNumberOfThreads(_ table: String) throws {
    let folder = try ScratchFolder()
    var pages: [Data] = []
    for threads in ["1", "3"] {
      let outcome = try DriftCheckBinary.run(
        FixtureRun.inputs(table, "drifted") + [
          "--permutations", "199", "--threads", threads, "--output", folder.path("report.json"),
          "--html", folder.path("page.html"),
        ], in: Project.root)
      #expect(outcome.exitCode == 2, "\(outcome)")
      pages.append(try folder.read("page.html"))
    }
    #expect(pages[0] == pages[1])
    #expect(String(decoding: pages[0], as: UTF8.self).contains("<title>FAIL: data drift report"))
  }
}
