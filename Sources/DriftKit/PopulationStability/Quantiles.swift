/// Quantiles by linear interpolation between order statistics.
enum Quantiles {
  /// The `parts` + 1 quantiles at 0, 1/parts, ..., 1 of sorted values.
  ///
  /// Type 7 of Hyndman & Fan, "Sample Quantiles in Statistical Packages", 1996; computed as
  /// NumPy does, to the last bit, so that edges agree with those of Python jobs.
  static func edges(ofSorted values: [Double], parts: Int) -> [Double] {
    guard let last = values.last else { return [] }
    let step = 1 / Double(parts)
    return (0...parts).map { part in
      guard part < parts else { return last }
      let position = Double(values.count - 1) * (Double(part) * step)
      let lower = Int(position)
      guard lower + 1 < values.count else { return last }
      return interpolate(values[lower], values[lower + 1], position - Double(lower))
    }
  }

  private static func interpolate(_ a: Double, _ b: Double, _ share: Double) -> Double {
    guard share > 0 else { return a }
    let difference = b - a
    guard difference.isFinite else { return a * (1 - share) + b * share }
    return share >= 0.5 ? b - difference * (1 - share) : a + difference * share
  }
}
