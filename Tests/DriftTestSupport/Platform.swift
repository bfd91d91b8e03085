import Foundation

/// e to the power of x, for tests that do not import a C library.
public func exponential(_ x: Double) -> Double { exp(x) }

/// The most memory that the process has used so far, in bytes.
public func peakMemory() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
  return (line?.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first ?? 0) * 1024
}
