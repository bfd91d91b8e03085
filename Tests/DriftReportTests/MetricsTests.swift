import DriftKit
import DriftReport
import DriftTestSupport
import Testing

/// The metrics of a report, as text.
@Suite struct MetricsTests {
  private func metrics(
    model: String? = nil, name: String = "tempo", shift: Double = 1, trustyAI: Bool = false
  ) throws -> [String] {
    var source = SeededNormal(seed: 4)
    let x = source.sample(60, mean: 0)
    let y = source.sample(50, mean: shift)
    let detector = try DriftDetector(
      baseline: Dataset([Column(name, x), Column("plan", x.map { $0 > 0 ? "a" : "b" })]))
    let current = try Dataset([
      Column(name, y + [.nan]), Column("plan", y.map { $0 > 0 ? "a" : "b" } + [nil]),
    ])
    let report = Report(
      try detector.check(current),
      context: Report.Context(
        baseline: "b", current: "c", generatedAt: "2026-11-21T02:00:00Z", version: "1.2.3",
        model: model, seed: 0, alpha: 0.01, warnAlpha: 0.05))
    let text = report.metrics(.init(end: 1_795_226_400, duration: 0.25), trustyAI: trustyAI)
    return String(decoding: text, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }

  @Test func everyFamilyHasTypeAndHelp() throws {
    let lines = try metrics()
    #expect(lines.suffix(2) == ["# EOF", ""])
    var family = ""
    for line in lines.dropLast(2) {
      let words = line.split(separator: " ")
      if line.hasPrefix("# TYPE") {
        family = String(words[2])
        #expect(words[3] == "gauge")
      } else if line.hasPrefix("#") {
        #expect(words[2] == family)
        #expect(words[1] == "HELP" || (words[1] == "UNIT" && family.hasSuffix("_\(words[3])")))
      } else {
        #expect(line.hasPrefix(family + "{") || line.hasPrefix(family + " "))
        #expect(Double(words[words.count - 1]) != nil)
      }
    }
  }

  @Test func theNamesOfTheContract() throws {
    let text = try metrics(model: "churn").joined(separator: "\n")
    for sample in [
      #"drift_check_status{model="churn"} 2"#,
      #"drift_check_feature_status{feature="tempo",model="churn"} 2"#,
      #"drift_check_feature_psi{feature="tempo",model="churn"} "#,
      #"drift_check_feature_mean_shift_p_value{feature="tempo",model="churn"} "#,
      #"drift_check_feature_mean_shift_p_value_adjusted{feature="tempo",model="churn"} "#,
      #"drift_check_feature_effect_size{feature="tempo",model="churn"} "#,
      #"drift_check_feature_missing_ratio{feature="plan",dataset="baseline",model="churn"} 0"#,
      #"drift_check_mmd_statistic{model="churn"} "#, #"drift_check_mmd_p_value{model="churn"} "#,
      #"drift_check_features{status="WARN",model="churn"} "#,
      #"drift_check_rows{dataset="current",model="churn"} 51"#,
      #"drift_check_duration_seconds{model="churn"} 0.25"#,
      #"drift_check_last_run_timestamp_seconds{model="churn"} 1795226400"#,
      #"drift_check_build_info{version="1.2.3",model="churn"} 1"#,
    ] {
      #expect(text.contains("\n" + sample), "\(sample)")
    }
    // A run with drift is no success.
    #expect(!text.contains("last_success"))
    #expect(!text.contains("trustyai"))
  }

  @Test func successIsARunWithoutDrift() throws {
    let lines = try metrics(shift: 0)
    #expect(lines.contains("drift_check_status 0") || lines.contains("drift_check_status 1"))
    #expect(lines.contains("drift_check_last_success_timestamp_seconds 1795226400"))
  }

  @Test func hostileNamesAreEscaped() throws {
    let text = try metrics(name: "a\"b\\c\nd{e=\"f\"} 1").joined(separator: "\n")
    #expect(text.contains(#"{feature="a\"b\\c\nd{e=\"f\"} 1"}"#))
  }

  @Test func trustyAIsGauge() throws {
    let lines = try metrics(model: "songs", trustyAI: true)
    let samples = lines.filter { $0.hasPrefix("trustyai_meanshift{") }
    #expect(samples.count == 1)
    let labels =
      #"{batch_size="51",metricName="MEANSHIFT",model="songs",request="drift-check","#
      + #"subcategory="tempo"} "#
    #expect(samples.first?.hasPrefix("trustyai_meanshift" + labels) == true)
    let value = Double(samples[0].split(separator: " ").last ?? "") ?? 1
    #expect(value < 0.05)
  }
}
