internal import Glibc

/// How fast a step of the work is, and how long it will still take.
///
/// Speeds are averages whose weights halve every `halfLife` seconds: the time left follows a change
/// of pace within seconds, and does not jump with every piece of work.
package struct ProgressEstimate: Sendable {
  /// After so many seconds a measurement counts half.
  static let halfLife = 3.0

  private struct Average {
    var value = 0.0
    var weight = 0.0

    mutating func add(_ speed: Double, over seconds: Double) {
      let keep = exp2(-seconds / halfLife)
      value = keep * value + (1 - keep) * speed
      weight = keep * weight + (1 - keep)
    }

    /// As if there had been nothing before the first measurement.
    var speed: Double? { weight > 0 ? value / weight : nil }
  }

  private let begin: Double
  private var last: (time: Double, share: Double?, bytes: Int?)
  private var shares = Average()
  private var bytes = Average()

  /// An estimate for a step that begins.
  ///
  /// - Parameter time: Seconds since some moment; those of `update` are since the same.
  package init(begin time: Double) {
    begin = time
    last = (time, 0, 0)
  }

  /// Takes note of how far the step is.
  ///
  /// - Parameters:
  ///   - time: Seconds, not before the last.
  ///   - share: The share done; nil when unknown.
  ///   - bytes: The bytes done; nil when it is not bytes that are counted.
  package mutating func update(time: Double, share: Double?, bytes: Int?) {
    let seconds = time - last.time
    // Two calls at once would make a speed out of noise; the next one counts for both.
    guard seconds >= 0.02 else { return }
    if let share, let before = last.share {
      shares.add(max(0, share - before) / seconds, over: seconds)
    }
    if let count = bytes, let before = last.bytes {
      self.bytes.add(Double(max(0, count - before)) / seconds, over: seconds)
    }
    last = (time, share, bytes)
  }

  /// Bytes a second; nil while unknown.
  package var bytesPerSecond: Double? { last.bytes == nil ? nil : bytes.speed }

  /// Seconds to the end of the step; nil while unknown, which is also at its very beginning.
  package var secondsLeft: Double? {
    let elapsed = last.time - begin
    guard elapsed >= 0.5, let share = last.share, share >= 0.03 || elapsed >= 5,
      let speed = shares.speed, speed > 0
    else { return nil }
    let seconds = max(0, 1 - share) / speed
    return seconds.isFinite && seconds < 1e7 ? seconds : nil
  }
}
