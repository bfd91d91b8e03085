import DriftKit

/// What Prometheus reads at `/metrics`: the text format 0.0.4.
struct MetricsText {
  private(set) var text = ""

  /// The last result of each model, and how its checks ended.
  init(_ states: [String: DriftMonitor.State]) {
    let models = states.sorted { $0.key < $1.key }
    let latest = models.compactMap { model, state in state.latest.map { (model, $0) } }
    family("drift_status", "gauge", "Verdict of the last check: 0 OK, 1 WARN, 2 FAIL.") { text in
      for (model, result) in latest { text.add([("model", model)], "\(result.status.severity)") }
    }
    family("drift_mmd_p_value", "gauge", "p-value over all numeric features.") { text in
      for (model, result) in latest {
        guard let discrepancy = result.maximumMeanDiscrepancy else { continue }
        text.add([("model", model)], "\(discrepancy.test.pValue)")
      }
    }
    family("drift_feature_psi", "gauge", "Population stability index by feature.") { text in
      for (model, result) in latest {
        for feature in result.features {
          guard let stability = feature.populationStability else { continue }
          text.add([("model", model), ("feature", feature.name)], "\(stability.test.value)")
        }
      }
    }
    family("drift_checks_total", "counter", "Checks by how they ended.") { text in
      for (model, state) in models {
        for status in DriftStatus.allCases {
          text.add(
            [("model", model), ("status", status.rawValue)], "\(state.verdicts[status] ?? 0)")
        }
        text.add([("model", model), ("status", "ERROR")], "\(state.failures)")
      }
    }
  }

  /// The samples of one family.
  private struct Samples {
    let name: String
    var text = ""

    mutating func add(_ labels: [(String, String)], _ value: String) {
      let inner = labels.map { "\($0)=\"\(MetricsText.escaped($1))\"" }.joined(separator: ",")
      text += "\(name){\(inner)} \(value)\n"
    }
  }

  private mutating func family(
    _ name: String, _ type: String, _ help: String, _ body: (inout Samples) -> Void
  ) {
    var samples = Samples(name: name)
    body(&samples)
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n\(samples.text)"
  }

  /// A label's value within its quotes.
  private static func escaped(_ value: String) -> String {
    var result = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
