import DriftKit
import DriftReport
import DriftTestSupport

/// Checks whose names and levels try to break lines, columns and colours.
enum TerminalSample {
  /// Names of every width, too long ones, and such as act on a terminal.
  static let names = [
    "plain", "顧客の年齢区分コード番号一覧表", "e\u{301}tat_civil_du_souscripteur", "\u{1B}[31mred\u{1B}[0m",
    "two\nlines", "right\u{202E}tfel", "hid\u{200B}den", "🎸 guitar 👩\u{200D}🎤",
    "customer_lifetime_value_in_euros_over_the_last_twelve_months_a", "tab\tinside",
    "customer_lifetime_value_in_euros_over_the_last_twelve_months_b",
    String(repeating: "long ", count: 60) + "name",
  ]

  /// Numbers under every name, some moved, one gone; levels; cells that are missing or no numbers.
  static func hostile() throws -> Report {
    let numbers = PageSample.numbers
    var baseline = names.enumerated().map { Column($1, numbers(300, UInt64($0), 0)) }
    var current = names.enumerated().map { index, name in
      Column(name, numbers(250, UInt64(100 + index), index % 3 == 1 ? 0.3 * Double(index) : 0))
    }
    baseline += [
      Column("gone\u{7}", numbers(300, 50, 0)),
      Column("kept", numbers(300, 51, 0)),
      Column("parsed", numbers(300, 52, 0)),
      Column("都道府県", PageSample.words(["東京", "大阪", "京都"], 300)),
    ]
    let gaps = numbers(250, 53, 0).enumerated().map { $0 % 4 == 0 ? Double.nan : $1 }
    let texts = numbers(250, 54, 0).enumerated().map { $0 < 8 ? Double.nan : $1 }
    current += [
      Column("kept", gaps),
      Column(name: "parsed", cells: .numeric(texts, unparseable: 8)),
      Column("都道府県", PageSample.words(["東京", "\u{1B}[2J北海道", "沖縄\n県"], 250)),
      Column("extra\u{9B}", numbers(250, 55, 0)),
    ]
    return try PageSample.report(
      baseline, current, file: "データ/\u{1B}]0;x\u{7}current file of the year.csv")
  }

  /// Features of random names; about a third of them moved.
  static func random(seed: UInt64) throws -> Report {
    var source = SplitMix64(seed: seed)
    var names: [String] = []
    for index in 0..<Int.random(in: 1...30, using: &source) {
      let length = Int.random(in: 0...70, using: &source)
      names.append("\(index)" + TerminalLayoutTests.text(&source, length: length))
    }
    let moves = names.map { _ in [0, 0, 2].randomElement(using: &source) ?? 0 }
    return try PageSample.report(
      names.enumerated().map { Column($1, PageSample.numbers(80, seed: seed + UInt64($0))) },
      names.enumerated().map { index, name in
        Column(
          name,
          PageSample.numbers(60, seed: seed + 1_000 + UInt64(index), mean: Double(moves[index])))
      }
    ) { $0.maximumMeanDiscrepancy?.permutations = 19 }
  }
}
