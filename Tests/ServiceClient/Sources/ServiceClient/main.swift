// Uses DriftKit as a service would and ends with an error where a promise does not hold.
import DriftKit
import DriftReport
import Glibc

func require(_ condition: Bool, _ promise: String) {
  guard !condition else { return }
  print("broken promise: \(promise)")
  exit(1)
}

/// Numbers that look random enough, the same every time.
func numbers(_ count: Int, _ start: Int, plus shift: Double = 0) -> [Double] {
  (0..<count).map { Double((($0 + start) &* 7919) % 1009) / 1009 + shift }
}

func plans(_ count: Int, _ names: [String?]) -> [String?] {
  (0..<count).map { names[$0 % names.count] }
}

// The README's snippets.
let clean = try checkBatch(
  trainingTempo: numbers(2000, 0), trainingPlans: plans(2000, ["free", "pro", nil]),
  todaysTempo: numbers(1500, 300, plus: 0.0003), todaysPlans: plans(1500, ["pro", nil, "free"]))
require(clean.status == .ok, "no drift is OK")
let drifted = try checkBatch(
  trainingTempo: numbers(2000, 0), trainingPlans: plans(2000, ["free", "pro", nil]),
  todaysTempo: numbers(1500, 300, plus: 0.5), todaysPlans: plans(1500, ["pro", "team", "free"]))
require(drifted.status == .fail, "drift is FAIL")
let values = try singleTests(x: numbers(500, 0), y: numbers(500, 77, plus: 0.5))
require(values[0] > 0.25 && values[1] < 1e-10 && values[3] == 0.001, "each test works alone")

// One detector, many batches.
let columns = (0..<12).map { Column("x\($0)", numbers(3000, $0 * 31)) }
let detector = try DriftDetector(
  baseline: Dataset(columns), configuration: DriftConfiguration(threads: 1))
let batches = try (0..<4).map { batch in
  try Dataset(
    (0..<12).map { Column("x\($0)", numbers(2000, $0 * 57 + batch, plus: Double(batch) / 10)) })
}
let host = HostProcess()
let before = HostProcess.otherThreadsTicks()
let sequential = try batches.map { try detector.check($0) }
let spent = HostProcess.otherThreadsTicks() - before
require(spent <= 2, "one thread was asked for, and no other one worked (\(spent) ticks)")

// Two threads: the same bytes, and nothing left behind.
let pair = try DriftDetector(
  baseline: Dataset(columns), configuration: DriftConfiguration(threads: 2))
let after = try batches.map { try pair.check($0) }
require(after == sequential, "threads do not change results")
let now = HostProcess()
require(now.threads == host.threads, "no thread is left running")
require(now.blasThreads == host.blasThreads, "the host's BLAS setting is untouched")
require(!host.signals.isEmpty && host.blasThreads != nil, "the settings can be read")
require(now.signals == host.signals, "the host's signals are untouched")

// Many tasks at once: the same results as one after the other.
let concurrent = try await withThrowingTaskGroup(of: (Int, DriftResult).self) { group in
  for (index, batch) in batches.enumerated() {
    group.addTask { (index, try await detector.check(batch)) }
  }
  var results = [DriftResult?](repeating: nil, count: batches.count)
  for try await (index, result) in group { results[index] = result }
  return results.compactMap { $0 }
}
require(concurrent == sequential, "concurrent checks give the same results")

// Reports without the program.
let report = Report(sequential[3], context: .init(model: "x"))
require(report.json.hasPrefix("{\n  \"status\": \"FAIL\""), "a report says what was found")
require(report.html.hasSuffix("</html>\n"), "a page is whole")
require(report.metrics.contains("drift_check_status{model=\"x\"} 2\n"), "metrics name the model")

// Cancelled work ends early.
let request = Task {
  withUnsafeCurrentTask { $0?.cancel() }
  return try await detector.check(batches[0])
}
do {
  _ = try await request.value
  require(false, "an awaited check of a cancelled task throws")
} catch is CancellationError {}
let cancelled = Task.detached {
  try detector.check(batches[0]) { _ in
    withUnsafeCurrentTask { $0?.cancel() }
    try Task.checkCancellation()
  }
}
do {
  _ = try await cancelled.value
  require(false, "a cancelled check throws")
} catch is CancellationError {
  print("DriftKit works in a service")
}
