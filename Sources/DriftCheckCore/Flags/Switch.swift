internal import DriftDetection

/// On or off, as words.
package enum Switch: String, Sendable, Hashable, CaseIterable {
  /// On.
  case on
  /// Off.
  case off
}

extension Thresholds {
  /// Whether the index must be significant too, as a word.
  var stabilitySwitch: Switch {
    get { stabilityGate ? .on : .off }
    set { stabilityGate = newValue == .on }
  }
}
