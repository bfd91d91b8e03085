// What the Swift of articles and comments is run with.
import DriftKit
import Glibc

/// Numbers that look random enough, the same every time.
func numbers(_ count: Int, from start: Int, plus shift: Double = 0) -> [Double] {
  (0..<count).map { Double((($0 + start) &* 7919) % 1009) / 1009 + shift }
}

/// Some words, again and again.
func words(_ count: Int, of some: [String?]) -> [String?] {
  (0..<count).map { some[$0 % some.count] }
}

/// Ends the program where an article promises what does not hold.
func require(_ holds: Bool, _ promise: String, file: String = #filePath, line: Int = #line) {
  guard !holds else { return }
  print("\(file):\(line): broken promise: \(promise)")
  exit(1)
}
