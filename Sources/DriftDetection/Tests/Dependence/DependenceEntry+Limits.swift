extension Thresholds {
  /// The change of a correlation from which a significant change of dependence warns; 0 for the p-value
  /// alone.
  public var dependenceWarn: Double {
    get { self[DependenceEntry.limits].warn }
    set { self[DependenceEntry.limits].warn = newValue }
  }
  /// The change of a correlation from which a significant change of dependence fails; 0 for the p-value
  /// alone.
  public var dependenceFail: Double {
    get { self[DependenceEntry.limits].fail }
    set { self[DependenceEntry.limits].fail = newValue }
  }
}
