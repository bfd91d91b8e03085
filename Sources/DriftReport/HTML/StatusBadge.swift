internal import DriftDetection

extension DriftStatus {
  /// The class that colour and sign belong to.
  var style: String {
    switch self {
    case .ok: "ok"
    case .warn: "warn"
    case .fail: "fail"
    }
  }
}

/// A status as a word, with a sign that the style sheet draws; colour only underlines them.
enum StatusBadge {
  static func write(_ status: DriftStatus, to w: inout HTMLWriter) {
    w.element("b", ["class": "badge \(status.style)"], status.rawValue)
  }
}
