internal import DriftReport

/// Writes log lines, one write each, so that lines of several threads do not mix. Keeps no lock:
/// the thread that waits for signals must be able to write at any moment. A log that cannot be
/// written is no reason to fail.
package struct Logger: Sendable {
  /// Where lines go.
  package let descriptor: Int32
  /// How lines are written.
  package var format: TextFormat
  /// The least level that is written.
  package var minimumLevel: LogLine.Level
  /// The line that lines of the log take the place of.
  package let statusLine: StatusLine
  private let clock: @Sendable () -> Int64

  /// Creates a logger.
  /// - Parameters:
  ///   - descriptor: An open descriptor; standard error by default.
  ///   - format: Text or JSON lines.
  ///   - minimumLevel: The least level that is written.
  ///   - clock: The seconds since 1970.
  package init(
    descriptor: Int32 = 2, format: TextFormat = .text,
    minimumLevel: LogLine.Level = .info, clock: @escaping @Sendable () -> Int64 = Timestamp.now
  ) {
    self.descriptor = descriptor
    self.format = format
    self.minimumLevel = minimumLevel
    self.clock = clock
    statusLine = StatusLine(descriptor: descriptor)
  }

  /// Writes a line when its level is high enough.
  package func log(_ line: LogLine) {
    if line.level >= minimumLevel { write(line) }
  }

  /// Writes a line whatever its level.
  package func write(_ line: LogLine) {
    let text = format == .json ? line.json(time: clock()) : line.text
    _ = Descriptor.write(Array((statusLine.takenAway() + text + "\n").utf8), to: descriptor)
  }

  /// Writes a line when its level is high enough.
  package func log(
    _ level: LogLine.Level, _ event: String, _ message: String? = nil,
    _ fields: [(String, LogValue)] = []
  ) {
    log(LogLine(level, event, message, fields))
  }
}
