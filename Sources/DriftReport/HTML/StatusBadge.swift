internal import DriftDetection

extension FeatureStatus {
  /// The class that colour and sign belong to.
  var style: String {
    switch self {
    case .ok: "ok"
    case .notCompared: "none"
    case .warn: "warn"
    case .fail: "fail"
    }
  }
}

extension DriftStatus {
  /// The class that colour and sign belong to.
  var style: String { FeatureStatus(self).style }
}

/// A status as a word, with a sign that the style sheet draws; colour only underlines them.
enum StatusBadge {
  static func write(_ status: DriftStatus, to w: inout HTMLWriter) {
    write(FeatureStatus(status), to: &w)
  }

  static func write(_ status: FeatureStatus, to w: inout HTMLWriter) {
    w.element("b", ["class": "badge \(status.style)"], status.rawValue)
  }
}
