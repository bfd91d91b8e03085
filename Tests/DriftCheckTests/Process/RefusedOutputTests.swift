import DriftTestSupport
import Foundation
import Testing

/// Reports that cannot be written: 73 or 74 whatever the verdict, and an older report stays.
@Suite struct RefusedOutputTests {
  private static let inputs = ["--baseline", "good.csv", "--current", "good.csv", "--no-mmd"]

  private static func output(
    _ name: String, _ exitCode: Int32, _ phrases: [String], _ path: String, wrapper: [String] = []
  ) -> RefusedRun {
    RefusedRun(
      name: name, exitCode: exitCode, phrases: phrases, arguments: inputs + ["--output", path],
      wrapper: wrapper
    ) {
      try $0.write("", to: "folder/file")
    }
  }

  static let outputs: [RefusedRun] = [
    output("folder", 73, ["cannot create 'folder'", "name a file"], "folder"),
    output("folder with a slash", 73, ["cannot create 'folder/'", "name a file"], "folder/"),
    output(
      "file as parent", 73, ["cannot create 'good.csv/x.json'", "must be a folder"],
      "good.csv/x.json"),
    output(
      "file as grandparent", 73, ["cannot create 'good.csv/x/y.json'", "must be a folder"],
      "good.csv/x/y.json"),
    output(
      "name too long", 73, ["File name too long", "choose a shorter name"],
      String(repeating: "n", count: 300)),
    output("full device", 74, ["cannot write '/dev/full'", "free some space"], "/dev/full"),
    output(
      "limit on file sizes", 74, ["cannot write 'report.json'", "File too large", "ulimit -f"],
      "report.json", wrapper: DriftCheckBinary.shell("ulimit -f 1; exec \"$@\"")),
  ]

  private static func page(
    _ name: String, _ exitCode: Int32, _ phrases: [String], _ path: String
  ) -> RefusedRun {
    RefusedRun(
      name: name, exitCode: exitCode, phrases: phrases,
      arguments: inputs + ["--output", "report.json", "--html", path])
  }

  /// Refused before the work, so that the older report stays.
  static let pages: [RefusedRun] = [
    page("page: folder", 73, ["cannot create './'", "name a file"], "./"),
    page(
      "page: file as parent", 73, ["cannot create 'good.csv/x.html'", "must be a folder"],
      "good.csv/x.html"),
  ]

  @Test(arguments: outputs + pages)
  func refusesOutput(_ refusal: RefusedRun) throws {
    try refusal.verify(in: refusal.makeFolder())
  }

  @Test(.enabled(if: OtherUser.isPossible, "the program cannot be run as another user"))
  func refusesFolderThatIsNotWritable() throws {
    let user = try OtherUser()
    // The folder is root's, or closed below; for others it is not writable.
    let refusal = RefusedRun(
      name: "not writable", exitCode: 73,
      phrases: ["cannot create 'report.json'", "Permission denied", "make the folder writable"],
      arguments: Self.inputs + ["--output", "report.json"], wrapper: user.wrapper)
    let folder = try refusal.makeFolder()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o555], ofItemAtPath: folder.path("."))
    defer {
      try? FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: folder.path("."))
    }
    try refusal.verify(in: folder, binary: user.binary)
  }

  /// A file system of 32 KiB in a mount name space of its own.
  private static let smallDisk = ["/usr/bin/unshare", "--mount", "/bin/bash", "-c"]
  private static let mount = "mount -t tmpfs -o size=32k tmpfs"
  static let canMount = Capability.succeeds(smallDisk + ["\(mount) /mnt"])

  @Test(.enabled(if: canMount, "mounting is not permitted"))
  func keepsOldReportOnFullDisk() throws {
    let folder = try ScratchFolder()
    try folder.write("", to: "disk/.keep")
    let script = """
      \(Self.mount) disk && printf 'an older report\\n' > disk/report.json || exit 1
      "$@"
      code=$?
      cat disk/report.json > after.txt
      ls -A disk >> after.txt
      exit $code
      """
    let outcome = try DriftCheckBinary.run(
      [
        "--baseline", Project.fixture("wdbc/baseline.csv").path(percentEncoded: false),
        "--current", Project.fixture("wdbc/drifted.csv").path(percentEncoded: false), "--no-mmd",
        "--output", "disk/report.json",
      ], in: folder.url, wrapper: Self.smallDisk + [script, "bash"])
    #expect(outcome.exitCode == 74, "\(outcome)")
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errorText.contains("cannot write 'disk/report.json': No space left"))
    #expect(try folder.read("after.txt") == Data("an older report\nreport.json\n".utf8))
  }

  @Test func fullStandardOutputIsAnError() throws {
    let check = try CheckFolder.quiet()
    let outcome = try check.run(
      ["--no-mmd"], wrapper: DriftCheckBinary.shell("exec \"$@\" > /dev/full"))
    #expect(outcome.exitCode == 74, "\(outcome)")
    #expect(outcome.errorText.contains("cannot write 'standard output'"))
    // The report itself was fine.
    #expect(try check.report()["status"] == "OK")
  }
}
