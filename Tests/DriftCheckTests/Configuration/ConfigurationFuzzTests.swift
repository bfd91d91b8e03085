import DriftCheckCore
import DriftTestSupport
import Foundation
import Testing

/// Files that were cut off or damaged: they are taken or refused with a place, and nothing else.
@Suite struct ConfigurationFuzzTests {
  static let yaml = """
    # What a team sets.
    baseline: [a.csv, "b c.csv"]
    current: d.csv
    psi-warn: 0.2   # the first line
    psi-zero: floor:1e-6
    features: [x, 'y', "z\\u00e9", '1']
    missing-values: "NA,-999"
    quiet: false
    model: |
      churn
    overrides:
      x: {psi-edges: [-1.5, 0, 2e3], psi-fail: 0.5}
      'y':
        kind: categorical
        psi-warn: .3
      "z\\u00e9": {ignore: false}

    """

  static let json = """
    {
      "baseline": ["a.csv", "b c.csv"], "current": "d.csv",
      "psi-warn": 0.2, "psi-zero": "floor:1e-6",
      "features": ["x", "z\\u00e9", "\\ud83d\\ude00", "1"],
      "quiet": false, "model": "chürn",
      "overrides": {
        "x": {"psi-edges": [-1.5, 0, 2e3], "psi-fail": 0.5},
        "1": {"kind": "categorical", "psi-warn": 0.3}
      }
    }

    """

  /// Pieces that mean something to a parser.
  private static let pieces: [String] = [
    ":", "- ", "{", "}", "[", "]", ",", "\"", "'", "&a ", "*a", "!!str ", "|", ">", "#", "\n", "\t",
    "  ", "---\n", "...\n", "? ", "%YAML 9.9\n", "\u{FEFF}", "\0", "\\", "\\u12", "\\ud800", "~",
    "null", "1e999", "-", "<<: ", "\u{2028}", "overrides:", "x: ", "é", "\r", "0x", ".inf",
  ]

  private static func damaged(_ text: String, _ source: inout SplitMix64) -> Data {
    var bytes = Array(text.utf8)
    func place() -> Int { Int.random(in: 0...bytes.count, using: &source) }
    for _ in 0..<Int.random(in: 1...4, using: &source) {
      let (first, second) = (place(), place())
      let range = min(first, second)..<min(max(first, second), min(first, second) + 20)
      switch Int.random(in: 0..<6, using: &source) {
      case 0: bytes.removeSubrange(first...)
      case 1: bytes.removeSubrange(range)
      case 2: bytes.insert(contentsOf: Array(bytes[range]), at: second)
      case 3:
        bytes.insert(contentsOf: pieces.randomElement(using: &source)?.utf8 ?? "".utf8, at: first)
      case 4:
        let piece = pieces.randomElement(using: &source) ?? ""
        bytes.replaceSubrange(range, with: piece.utf8)
      default:
        if first < bytes.count { bytes[first] = UInt8.random(in: .min ... .max, using: &source) }
      }
    }
    return Data(bytes)
  }

  /// The lengths of the lines, in bytes.
  private static func lines(of data: Data) -> [Int] {
    var lines = [0]
    let bytes = Array(data)
    for (index, byte) in bytes.enumerated() {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if byte == 0x0A || byte == 0x0D && next != 0x0A {
        lines.append(0)
      } else {
        lines[lines.count - 1] += 1
      }
    }
    return lines
  }

  /// Whether the file was taken. Any error but one of the configuration fails the test.
  private static func isTaken(_ data: Data, _ name: String, in folder: ScratchFolder) throws -> Bool
  {
    try folder.write(data, to: name)
    do {
      _ = try ParsedCommand(
        ["--config", folder.path(name), "--print-config"], environment: Environment([:]))
      return true
    } catch let error as ConfigurationError {
      #expect(!error.lines.isEmpty)
      let lines = lines(of: data)
      for problem in error.problems {
        guard case .place(let place) = problem.origin else { continue }
        let line = try #require(
          lines.indices.contains(place.line - 1) ? lines[place.line - 1] : nil, "\(problem)")
        #expect((1...line + 1).contains(place.column), "\(problem)")
      }
      return false
    }
  }

  @Test(arguments: [("drift.yaml", yaml), ("drift.json", json)])
  func everyBeginning(_ name: String, _ text: String) throws {
    let folder = try ScratchFolder()
    let bytes = Data(text.utf8)
    var taken = 0
    for count in 0...bytes.count where try Self.isTaken(bytes.prefix(count), name, in: folder) {
      taken += 1
    }
    #expect(try Self.isTaken(bytes, name, in: folder))
    // JSON is whole or nothing; of YAML some beginnings are files too.
    #expect(name == "drift.json" ? taken == 2 : (10..<bytes.count).contains(taken))
  }

  @Test(arguments: [("drift.yaml", yaml), ("drift.json", json)], 0..<4)
  func damagedFiles(_ file: (name: String, text: String), _ seed: Int) throws {
    let folder = try ScratchFolder()
    var source = SplitMix64(seed: UInt64(seed))
    var taken = 0
    for _ in 0..<1500
    where try Self.isTaken(Self.damaged(file.text, &source), file.name, in: folder) {
      taken += 1
    }
    // Comments and names may be damaged without harm; most of the rest may not.
    #expect((1..<1000).contains(taken), "\(taken)")
  }

  /// The same in the program: it ends with 0 or 78 and never otherwise.
  @Test func theProgramEndsWithItsCodes() throws {
    let folder = try ScratchFolder()
    var source = SplitMix64(seed: 99)
    var codes: [Int32: Int] = [:]
    for round in 0..<40 {
      let (name, text) = round % 2 == 0 ? ("drift.yaml", Self.yaml) : ("drift.json", Self.json)
      try folder.write(Self.damaged(text, &source), to: name)
      let outcome = try DriftCheckBinary.run(
        ["--config", name, "--print-config"], in: folder.url)
      let code = try #require(outcome.exitCode)
      codes[code, default: 0] += 1
      #expect([0, 78].contains(code), "\(outcome)")
      #expect(outcome.standardError.isEmpty == (code == 0), "\(outcome)")
    }
    #expect(codes[78] ?? 0 > 10)
  }
}
