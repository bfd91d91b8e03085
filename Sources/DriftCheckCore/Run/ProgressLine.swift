internal import Glibc
internal import Synchronization

/// One line on the terminal that says how far the work is, how fast, and how long it will take.
///
/// A run that is over in no time shows none. The width is asked for with every drawing, so that the
/// line fits a terminal whose size was changed.
final class ProgressLine: Sendable {
  private struct State {
    var step = ""
    var estimate = ProgressEstimate(begin: 0)
    var lastDrawing = -Double.infinity
    var lastLine = ""
  }

  /// Seconds before the first drawing: what is over by then needs no line.
  private static let delay = 0.2
  /// Seconds between two drawings.
  private static let interval = 0.1

  private let isShown: Bool
  private let usesUnicode: Bool
  private let environment: Environment
  private let line: StatusLine
  private let begin: Double
  private let state = Mutex(State())

  /// The line of a run with these options; shown on a terminal that can erase a line.
  init(_ options: CheckOptions, _ environment: Environment, _ line: StatusLine) {
    isShown =
      options.showsProgress && !options.isQuiet && options.logFormat == .text
      && StandardStreams.isTerminal(line.descriptor) && environment["TERM"] != "dumb"
    usesUnicode = StandardStreams.isUnicode(environment)
    self.environment = environment
    self.line = line
    begin = isShown ? PhaseTimes.now() : 0
  }

  /// Shows a step, its share, and how many bytes have been read.
  func show(_ step: String, _ share: Double?, bytes: Int? = nil) {
    guard isShown else { return }
    let time = PhaseTimes.now()
    state.withLock { state in
      if state.step != step {
        state.step = step
        state.estimate = ProgressEstimate(begin: time)
      }
      state.estimate.update(time: time, share: share, bytes: bytes)
      guard time - begin >= Self.delay, time - state.lastDrawing >= Self.interval else { return }
      state.lastDrawing = time
      let text = ProgressText(
        step, share: share, bytes: bytes, bytesPerSecond: state.estimate.bytesPerSecond,
        secondsLeft: state.estimate.secondsLeft)
      // The last column is left free: there the cursor of some terminals goes to the next line.
      let width = StandardStreams.terminalWidth(of: line.descriptor, environment) - 1
      let shown = text.line(width: width, usesUnicode: usesUnicode)
      guard shown != state.lastLine else { return }
      state.lastLine = shown
      line.draw(shown)
    }
  }

  /// Shows how far the reading of a file is.
  func show(_ step: String, _ reading: ReadingProgress) {
    show(reading.isAgain ? step + " again" : step, reading.share, bytes: reading.bytes)
  }

  /// Takes the line away.
  func clear() {
    state.withLock { $0.lastLine = "" }
    line.clear()
  }
}
