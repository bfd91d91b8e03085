/// Arithmetic for numbers that come from outside, as sizes of files: too much is the most there is.
extension FixedWidthInteger {
  /// The sum, or the number nearest to it.
  @inlinable
  package func addingSaturated(_ other: Self) -> Self {
    let (sum, isBeyond) = addingReportingOverflow(other)
    guard isBeyond else { return sum }
    return other < 0 ? .min : .max
  }

  /// The product, or the number nearest to it.
  @inlinable
  package func multipliedSaturated(by other: Self) -> Self {
    let (product, isBeyond) = multipliedReportingOverflow(by: other)
    guard isBeyond else { return product }
    return (self < 0) == (other < 0) ? .max : .min
  }
}
