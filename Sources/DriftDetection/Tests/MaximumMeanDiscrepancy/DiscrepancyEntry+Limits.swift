extension Thresholds {
  /// The separability from which a significant maximum mean discrepancy warns; 0.5 for the p-value
  /// alone.
  public var separabilityWarn: Double {
    get { self[DiscrepancyEntry.limits].warn }
    set { self[DiscrepancyEntry.limits].warn = newValue }
  }
  /// The separability from which a significant maximum mean discrepancy fails; 0.5 for the p-value
  /// alone.
  public var separabilityFail: Double {
    get { self[DiscrepancyEntry.limits].fail }
    set { self[DiscrepancyEntry.limits].fail = newValue }
  }
}
