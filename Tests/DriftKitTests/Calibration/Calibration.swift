import DriftKit
import DriftTestSupport
import Foundation
import Parallel

/// How much work the calibration tests do, and where they print what they measured.
///
/// Every rate is a function of seeds in the sources: the tests pass or fail the same way each time.
/// With `DRIFT_CALIBRATE=1` in the environment they make many more runs, so that their bounds are
/// tighter, and print every rate.
enum Calibration {
  static let isLong = ProcessInfo.processInfo.environment["DRIFT_CALIBRATE"] == "1"

  /// One of two values, by the length of the test.
  static func choose<Value>(_ fast: Value, long: Value) -> Value { isLong ? long : fast }

  /// Prints a line of the table of measured rates, in the long version.
  static func report(_ line: String) {
    if isLong { print("calibration: \(line)") }
  }

  /// Makes `count` runs on two threads and returns what each gives.
  ///
  /// Every 25 runs share a source of random numbers that is a function of `name` and their number:
  /// the results do not depend on threads.
  static func runs<Result: Sendable>(
    _ count: Int, _ name: String,
    _ body: @escaping @Sendable (inout RandomSource, Int) throws -> Result
  ) throws -> [Result] {
    let size = 25
    let parts = try Workers.map(count: (count + size - 1) / size, threads: 2) { part in
      Swift.Result {
        var source = RandomSource("\(name) part \(part)")
        return try (part * size..<min((part + 1) * size, count)).map { try body(&source, $0) }
      }
    }
    return try parts.flatMap { try $0.get() }
  }

  /// The standard error of a share of so many runs.
  static func standardError(_ share: Double, runs: Int) -> Double {
    (share * (1 - share) / Double(runs)).squareRoot()
  }

  /// A share in percent.
  static func percent(_ share: Double) -> String { String(format: "%6.2f %%", 100 * share) }

  /// Text in a column of a table.
  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

/// How many rows both samples have.
struct Sizes: Sendable, Hashable, CustomStringConvertible {
  let n: Int
  let m: Int

  init(_ n: Int, _ m: Int) { (self.n, self.m) = (n, m) }

  var description: String { "\(n)/\(m)" }

  /// From 50 to 5,000 rows, equal and 10:1 both ways.
  static let grid =
    [Sizes(50, 50), Sizes(100, 100), Sizes(500, 500), Sizes(50, 500), Sizes(500, 50)]
    + Calibration.choose(
      [Sizes(5000, 500)],
      long: [
        Sizes(100, 1000), Sizes(1500, 1500), Sizes(5000, 5000), Sizes(500, 5000),
        Sizes(5000, 500),
      ])

  /// Fewer runs of large samples, for the same time.
  func runs(fast: Int, long: Int) -> Int {
    let runs = Calibration.choose(fast, long: long)
    return n + m > 1200 ? runs / 4 : runs
  }
}
