package import DriftDetection

/// How many bins a numeric column gets, and of which kind: two settings, one value.
extension NumericBinning.Method {
  /// How the edges are found.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// At the baseline's quantiles.
    case quantile
    /// Of equal width over the baseline's range.
    case uniform
  }

  /// So many bins of a kind.
  package init(_ kind: Kind, bins: Int) {
    self = kind == .quantile ? .quantile(bins: bins) : .uniform(bins: bins)
  }

  /// The kind; given edges count as quantiles.
  package var kind: Kind {
    get { if case .uniform = self { .uniform } else { .quantile } }
    set { self = Self(newValue, bins: bins) }
  }

  /// The number of bins.
  package var bins: Int {
    get {
      switch self {
      case .quantile(let bins), .uniform(let bins): bins
      case .edges(let edges): edges.count + 1
      }
    }
    set { self = Self(kind, bins: newValue) }
  }
}
