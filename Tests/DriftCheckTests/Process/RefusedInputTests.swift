import DriftTestSupport
import Foundation
import Testing

/// Inputs that cannot be checked: never a verdict, never a crash, always one line that says what is
/// wrong, where, and what to do.
@Suite struct RefusedInputTests {
  /// A file that is no table, as `bad.csv`.
  private static func file(
    _ name: String, _ exitCode: Int32, _ phrases: [String],
    _ content: @escaping @Sendable () -> Data
  ) -> RefusedRun {
    RefusedRun(name: name, exitCode: exitCode, phrases: phrases) {
      try $0.write(content(), to: "bad.csv")
    }
  }

  private static func text(
    _ name: String, _ exitCode: Int32, _ phrases: [String], _ content: String
  ) -> RefusedRun {
    file(name, exitCode, phrases) { Data(content.utf8) }
  }

  /// A cell of 64 MiB in line 3.
  private static func hugeCell() -> Data {
    var data = Data("a,b\n1,2\n3,".utf8)
    data.append(Data(repeating: UInt8(ascii: "7"), count: 64 << 20))
    data.append(UInt8(ascii: "\n"))
    return data
  }

  /// Bytes of every value, from a seed.
  private static func garbage() -> Data {
    var source = SplitMix64(seed: 5)
    return Data((0..<5_000).map { _ in UInt8(truncatingIfNeeded: source.next()) })
  }

  static let files: [RefusedRun] = [
    RefusedRun(
      name: "missing file", exitCode: 66,
      phrases: ["bad.csv: no such file", "check the path"]),
    RefusedRun(
      name: "folder", exitCode: 66, phrases: ["bad.csv: is a directory", "give a CSV file"]
    ) {
      try FileManager.default.createDirectory(
        at: $0.url.appending(path: "bad.csv"), withIntermediateDirectories: false)
    },
    text("empty file", 65, ["bad.csv: is empty", "expected a header and at least one row"], ""),
    text("only empty lines", 65, ["bad.csv: is empty"], "\n\r\n\n"),
    text("header only", 65, ["bad.csv: has a header but no rows", "at least one row"], "a,b\n"),
    file("garbage", 65, ["bad.csv:", "UTF-8"], garbage),
    file("NUL bytes", 65, ["bad.csv:2: NUL byte at byte 5"]) { Data("a,b\n1\0,2\n".utf8) },
    file("header not UTF-8", 65, ["bad.csv:1: column 2:", "not valid UTF-8", "--encoding"]) {
      Data("a,b".utf8) + [0xFF] + Data("\n1,2\n".utf8)
    },
    file("UTF-16, cut off", 65, ["bad.csv:2: the text ends within a character", "--encoding"]) {
      Data([0xFF, 0xFE]) + Data("a\0,\0b\0\n\0001".utf8)
    },
    text(
      "semicolons, not all", 65, ["bad.csv:2: row has 1 cell between semicolons", "--delimiter"],
      "a;b\n1\n2\n3\n4;5\n"),
    text(
      "a comment", 65, ["bad.csv:2: row has 2 cells", "--comment '#'", "--skip-rows 1"],
      "# made today\na,b\n1,2\n3,4\n"),
    text(
      "numbers for names", 65, ["are both named \"1.5\"", "is the header missing?"],
      "1.5,1.5\n1.5,2\n"),
    text("HTML", 65, ["bad.csv: looks like an HTML page"], "\n<!DOCTYPE html>\n<html></html>\n"),
    text(
      "a pointer", 65, ["bad.csv: looks like a Git LFS pointer", "git lfs pull"],
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d\n"),
    text(
      "quote never closed", 65, ["bad.csv:3: column 2 (\"b\"):", "never closed", "close it"],
      "a,b\n1,2\n3,\"4\n5,6\n"),
    text(
      "text after a quote", 65, ["bad.csv:3: column 1 (\"a\"):", "after the closing quote"],
      "a,b\n1,2\n\"3\"x,4\n"),
    text(
      "too many cells", 65, ["bad.csv:3: row has 3 cells, 2 expected", "remove or quote"],
      "a,b\n1,2\n3,4,5\n"),
    text(
      "too few cells", 65, ["bad.csv:4: row has 1 cell, 2 expected", "add the missing delimiter"],
      "a,b\n1,2\n3,4\n5\n"),
    text(
      "two columns of one name", 65, ["bad.csv:1: columns 1 and 2 are both named \"a\"", "rename"],
      "a,a\n1,2\n"),
    file("cell of 64 MiB", 65, ["bad.csv:3: column 2 (\"b\"):", "longer than 16777216"], hugeCell),
    file("gzip, cut off", 65, ["bad.csv: the gzip data ends early, after 10 bytes", "again"]) {
      Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])
    },
    file("xz", 65, ["bad.csv: looks like an xz file", "decompress it first"]) {
      Data([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0])
    },
    file("NumPy array, cut off", 65, ["bad.csv: the array ends early, in its header, after 10"]) {
      Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 118, 0])
    },
  ]

  @Test(arguments: files)
  func refusesFileOnEitherSide(_ refusal: RefusedRun) throws {
    let folder = try refusal.makeFolder()
    for sides in [("good.csv", "bad.csv"), ("bad.csv", "good.csv")] {
      var refusal = refusal
      refusal.arguments = [
        "--baseline", sides.0, "--current", sides.1, "--output", "report.json", "--no-mmd",
      ]
      try refusal.verify(in: folder)
    }
  }

  private static func combination(
    _ name: String, _ phrases: [String], _ inputs: [String], standardInput: String = "/dev/null",
    wrapper: [String] = []
  ) -> RefusedRun {
    RefusedRun(
      name: name, exitCode: 65, phrases: phrases,
      arguments: inputs + ["--output", "report.json", "--no-mmd"], wrapper: wrapper,
      standardInput: standardInput
    ) { try $0.write("x,y\n1,2\n3,4\n", to: "other.csv") }
  }

  static let combinations: [RefusedRun] = [
    combination(
      "feature that no file has", ["good.csv: no column 'zz'", "--features", "are 'a', 'b'"],
      ["--baseline", "good.csv", "--current", "good.csv", "--features", "a,zz"]),
    combination(
      "forced kind of a column that no file has", ["good.csv: no column 'zz'", "--categorical"],
      ["--baseline", "good.csv", "--current", "good.csv", "--categorical", "zz"]),
    combination(
      "no column in common", ["other.csv: none of the 2 features", "columns are 'x', 'y'"],
      ["--baseline", "good.csv", "--current", "other.csv"]),
    combination(
      "no column in common, missing ones ignored", ["other.csv: none of the 2 features"],
      ["--baseline", "good.csv", "--current", "other.csv", "--missing-features", "ignore"]),
    combination(
      "partitions that differ", ["other.csv:1: column 1:", "\"x\", but \"a\" in good.csv"],
      ["--baseline", "good.csv", "--current", "good.csv", "other.csv"]),
    combination(
      "empty standard input", ["standard input: is empty"],
      ["--baseline", "good.csv", "--current", "-"]),
    combination(
      "closed standard input", ["standard input: is empty"],
      ["--baseline", "good.csv", "--current", "-"],
      wrapper: DriftCheckBinary.shell("exec \"$@\" <&-")),
    combination(
      "no column left", ["no feature is left to check", "'a'", "'b'"],
      [
        "--baseline", "good.csv", "--current", "good.csv", "--exclude", "a", "--psi-compat",
        "churn-mlops", "--categorical", "b",
      ]),
  ]

  @Test(arguments: combinations)
  func refusesCombination(_ refusal: RefusedRun) throws {
    try refusal.verify(in: refusal.makeFolder())
  }

  @Test(.enabled(if: OtherUser.isPossible, "the program cannot be run as another user"))
  func refusesUnreadableFile() throws {
    let user = try OtherUser()
    let arguments = ["--baseline", "good.csv", "--current", "bad.csv", "--output", "report.json"]
    let refusal = RefusedRun(
      name: "unreadable", exitCode: 66,
      phrases: ["bad.csv: cannot be opened: Permission denied", "check its permissions"],
      arguments: arguments, wrapper: user.wrapper
    ) { folder in
      try folder.write("a,b\n1,2\n", to: "bad.csv")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o000], ofItemAtPath: folder.path("bad.csv"))
      // Only the input is to be out of reach.
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o777], ofItemAtPath: folder.path("."))
    }
    try refusal.verify(in: refusal.makeFolder(), binary: user.binary)
  }
}
