extension NumericBinning {
  /// A name for a bin, such as `[0.25, 0.5)`, `{0}` or `other`.
  public func label(of index: Int) -> String {
    switch bins[index] {
    case .value(let value): return "{\(value)}"
    case .other: return "other"
    case .interval(let lower, let upper):
      let isOpen = lower == -.infinity || atoms.contains(lower)
      let inside = atoms.filter { $0 > lower && $0 < upper }
      let except = inside.map { "{\($0)}" }.joined(separator: ", ")
      return "\(isOpen && lower != -.infinity ? "(" : "[")"
        + "\(Self.text(lower)), \(Self.text(upper))\(upper == .infinity ? "]" : ")")"
        + (inside.isEmpty ? "" : " except \(except)")
    }
  }

  /// The lower bound of a bin; nil where it has none.
  public func lower(of index: Int) -> Double? {
    switch bins[index] {
    case .value(let value): value
    case .interval(let lower, _): lower.isFinite ? lower : nil
    case .other: nil
    }
  }

  /// The upper bound of a bin; nil where it has none.
  public func upper(of index: Int) -> Double? {
    switch bins[index] {
    case .value(let value): value
    case .interval(_, let upper): upper.isFinite ? upper : nil
    case .other: nil
    }
  }

  private static func text(_ bound: Double) -> String {
    bound == -.infinity ? "-inf" : bound == .infinity ? "inf" : "\(bound)"
  }
}
