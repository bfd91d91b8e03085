// A day of the service, which ends with an error where it does not do what it should.
import DriftKit
import Glibc

func require(_ condition: Bool, _ promise: String) {
  guard !condition else { return }
  print("broken promise: \(promise)")
  exit(1)
}

// Where the models are trained: a small file beside each of them.
let usual = Predictions()
let file = DatasetProfile(try usual.rows(4_000, from: 0)).encoded()

// The service starts.
var configuration = DriftConfiguration()
configuration.threads = 1
let hostile = "b\"\\\n"
let monitor = try DriftMonitor(profiles: ["a": file, hostile: file], configuration: configuration)

// Batches come in, two at a time; one of them is of no use, and the others do not mind.
let moved = Predictions(shift: 0.2, plans: ["free", "team", nil])
let broken = try Dataset([Column("something else", [1.0, 2.0])])
let batches = [
  ("a", try usual.rows(2_000, from: 10_000)), ("a", broken),
  (hostile, try moved.rows(2_000, from: 20_000)), ("a", try usual.rows(2_000, from: 30_000)),
]
let results = await monitor.check(
  batches.map { (model: $0.0, data: $0.1) }, atMost: 2, within: .seconds(300))
let verdicts = results.map { try? $0.get().status }
require(verdicts == [.ok, nil, .fail, .ok], "each batch has its verdict: \(verdicts)")
if case .failure(let error) = results[1] {
  require(error is DriftError, "a batch that cannot be checked is said to be one: \(error)")
}

// A check that takes too long, and one that nobody waits for any more.
do {
  try await monitor.check(batches[0].1, of: "a", within: .zero)
  require(false, "there is a deadline")
} catch is DriftMonitor.DeadlineExceeded {}
let request = Task {
  withUnsafeCurrentTask { $0?.cancel() }
  try await monitor.check(batches[0].1, of: "a", within: .seconds(300))
}
do {
  try await request.value
  require(false, "a request that is cancelled ends")
} catch is CancellationError {}
do {
  try await monitor.check(batches[0].1, of: "c", within: .seconds(300))
  require(false, "a model without a baseline is not OK")
} catch is DriftMonitor.UnknownModel {}

// What Prometheus reads.
let metrics = MetricsText(await monitor.states).text
print(metrics, terminator: "")
for line in [
  "drift_status{model=\"a\"} 0", "drift_status{model=\"b\\\"\\\\\\n\"} 2",
  "drift_checks_total{model=\"a\",status=\"OK\"} 2",
  "drift_checks_total{model=\"a\",status=\"ERROR\"} 3",
  "drift_checks_total{model=\"b\\\"\\\\\\n\",status=\"FAIL\"} 1",
] {
  require(metrics.contains(line + "\n"), "the metrics have \(line)")
}
require(metrics.contains("drift_feature_psi{model=\"a\",feature=\"plan\"} "), "a value by feature")
let samples = metrics.split(separator: "\n").filter { !$0.hasPrefix("#") }
require(samples.count == 2 + 2 + 2 * 7 + 2 * 4, "\(samples.count) samples")
