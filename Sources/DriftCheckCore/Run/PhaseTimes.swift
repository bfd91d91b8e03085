internal import Glibc

/// How long the parts of a run take, by a clock that nobody sets.
struct PhaseTimes {
  private let begin = Self.now()
  private var last: Double
  /// The parts that have ended, and their seconds.
  private(set) var phases: [(name: String, seconds: Double)] = []

  init() { last = begin }

  /// Ends the present part.
  mutating func end(_ name: String) {
    let time = Self.now()
    phases.append((name, time - last))
    last = time
  }

  /// All seconds so far.
  var total: Double { Self.now() - begin }

  /// Seconds since some moment.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
