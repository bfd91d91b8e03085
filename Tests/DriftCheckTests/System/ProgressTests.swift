import DriftCheckCore
import DriftTestSupport
import Testing

@Suite struct ProgressTests {
  @Test func theWholeLine() {
    let text = ProgressText(
      "reading the baseline", share: 0.456, bytes: 1_234_567, bytesPerSecond: 312_400_000,
      secondsLeft: 2.2)
    #expect(
      text.line(width: 100, usesUnicode: true)
        == "reading the baseline  [██████████▉             ]   45 %  312 MB/s  3 s left")
    #expect(
      text.line(width: 70, usesUnicode: false)
        == "reading the baseline  [########           ]   45 %  312 MB/s  3 s left")
    // What matters less goes first.
    #expect(
      text.line(width: 48, usesUnicode: false) == "reading the baseline   45 %  312 MB/s  3 s left")
    #expect(text.line(width: 38, usesUnicode: false) == "reading the baseline   45 %  3 s left")
    #expect(text.line(width: 35, usesUnicode: false) == "reading the baseline   45 %")
    #expect(text.line(width: 22, usesUnicode: false) == "reading the baseline")
    #expect(text.line(width: 9, usesUnicode: false) == "reading t")
  }

  /// Of standard input nobody knows the size.
  @Test func withoutASize() {
    let text = ProgressText("reading", bytes: 12_345_678, bytesPerSecond: 8_000)
    #expect(text.line(width: 80, usesUnicode: true) == "reading  12 MB  8.0 kB/s")
    #expect(ProgressText("merging").line(width: 80, usesUnicode: true) == "merging")
  }

  @Test(
    arguments: [
      (0.01, "1 s"), (1.5, "2 s"), (19, "19 s"), (21, "25 s"), (55, "55 s"), (56, "1 min"),
      (61, "2 min"), (3_500, "59 min"), (3_600, "1 h"), (9_000, "2 h 30 min"),
    ] as [(Double, String)])
  func timeLeft(_ seconds: Double, _ text: String) {
    let line = ProgressText("x", share: 0.5, secondsLeft: seconds).line(
      width: 79, usesUnicode: true)
    #expect(line.hasSuffix("  \(text) left"), "\(line)")
  }

  @Test(
    arguments: [
      (0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (9_940, "9.9 kB"), (9_960, "10 kB"),
      (999_499, "999 kB"), (999_600, "1.0 MB"), (2.5e9, "2.5 GB"), (1e15, "1000.0 TB"),
    ] as [(Double, String)])
  func amounts(_ count: Double, _ text: String) {
    let line = ProgressText("x", bytes: Int(count)).line(width: 79, usesUnicode: true)
    #expect(line == "x  \(text)")
  }

  @Test func fitsEveryWidth() {
    var source = SplitMix64(seed: 1)
    func some(_ range: ClosedRange<Double>) -> Double? {
      Bool.random(using: &source) ? Double.random(in: range, using: &source) : nil
    }
    for _ in 0..<5_000 {
      let text = ProgressText(
        "reading the current data", share: some(-0.5...1.5), bytes: some(0...1e14).map { Int($0) },
        bytesPerSecond: some(0...1e13), secondsLeft: some(0...1e6))
      let width = Int.random(in: 1...200, using: &source)
      let line = text.line(width: width, usesUnicode: Bool.random(using: &source))
      let screen = TerminalScreen(line.utf8, columns: width)
      #expect(screen.problems == [] && screen.widest <= 79, "\(line)")
      #expect(!line.isEmpty)
    }
  }

  /// Work at one pace: the rate and the time left are what they are, whenever one looks.
  @Test func aSteadyPace() throws {
    var estimate = ProgressEstimate(begin: 10)
    #expect(estimate.secondsLeft == nil && estimate.bytesPerSecond == nil)
    for step in 1...99 {
      let time = 10 + 0.1 * Double(step)
      estimate.update(time: time, share: 0.01 * Double(step), bytes: 1_000 * step)
      let rate = try #require(estimate.bytesPerSecond)
      #expect(abs(rate - 10_000) < 1)
      guard step >= 6 else { continue }
      let left = try #require(estimate.secondsLeft)
      #expect(abs(left - (20 - time)) < 1e-6)
    }
  }

  /// A pace that halves: after some half-lives the estimate is that of the new pace, and on the way
  /// it never jumps.
  @Test func anotherPace() throws {
    var estimate = ProgressEstimate(begin: 0)
    var share = 0.0
    var last: Double?
    for step in 1...600 {
      share += step <= 300 ? 0.001 : 0.0005
      estimate.update(time: 0.1 * Double(step), share: share, bytes: nil)
      // Of a thirtieth of the work nobody tells how long the rest takes; 5 s are enough of a look.
      if step < 30 { #expect(estimate.secondsLeft == nil) }
      guard step >= 31 else { continue }
      let left = try #require(estimate.secondsLeft)
      // The old pace needs 10 s for 0.1, the new one 20 s.
      if step == 300 { #expect(abs(left - 70) < 0.1) }
      if step == 600 { #expect(abs(left - (1 - share) / 0.005) < 1) }
      if let last { #expect(abs(left - last) < 3) }
      last = left
    }
    #expect(estimate.bytesPerSecond == nil)
  }

  /// Pieces that arrive in bursts, and clocks that stand still, make no speeds out of nothing.
  @Test func burstsAndStandstill() {
    var estimate = ProgressEstimate(begin: 0)
    estimate.update(time: 0, share: 0.5, bytes: 1 << 30)
    #expect(estimate.bytesPerSecond == nil && estimate.secondsLeft == nil)
    estimate.update(time: 0.001, share: 0.5, bytes: 1 << 30)
    #expect(estimate.bytesPerSecond == nil)
    estimate.update(time: 1, share: 0.5, bytes: 1 << 30)
    #expect(estimate.bytesPerSecond.map { abs($0 - Double(1 << 30)) < 1 } == true)
    #expect(estimate.secondsLeft.map { abs($0 - 1) < 1e-9 } == true)
    // What goes back does not make a negative speed.
    estimate.update(time: 2, share: 0.1, bytes: 0)
    #expect((estimate.bytesPerSecond ?? -1) >= 0)
  }

  @Test(
    arguments: [
      ([:], true, true), ([:], false, false), (["NO_COLOR": "1"], true, false),
      (["NO_COLOR": ""], true, true), (["TERM": "dumb"], true, false),
      (["CLICOLOR_FORCE": "1"], false, true), (["CLICOLOR_FORCE": "0"], false, false),
      (["CLICOLOR_FORCE": ""], false, false),
      (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, false),
      (["CLICOLOR_FORCE": "1", "TERM": "dumb"], true, true),
    ] as [([String: String], Bool, Bool)])
  func color(_ variables: [String: String], _ isTerminal: Bool, _ isWanted: Bool) {
    #expect(
      StandardStreams.wantsColor(Environment(variables), isTerminal: isTerminal) == isWanted)
  }

  @Test(
    arguments: [
      ([:], false), (["LANG": "C"], false), (["LANG": "en_GB.UTF-8"], true),
      (["LANG": "C.utf8"], true), (["LC_CTYPE": "de_DE@euro", "LANG": "C.UTF-8"], false),
      (["LC_ALL": "", "LC_CTYPE": "C.UTF-8"], true), (["LC_ALL": "C", "LANG": "C.UTF-8"], false),
    ] as [([String: String], Bool)])
  func locale(_ variables: [String: String], _ isUnicode: Bool) {
    #expect(StandardStreams.isUnicode(Environment(variables)) == isUnicode)
  }

  @Test func widthOfWhatIsNoTerminal() {
    func width(_ columns: String?) -> Int {
      let variables = columns.map { ["COLUMNS": $0] } ?? [:]
      return StandardStreams.terminalWidth(of: -1, Environment(variables))
    }
    #expect(
      [width(nil), width("132"), width("0"), width("wide"), width("-5")]
        == [80, 132, 80, 80, 80])
  }
}
