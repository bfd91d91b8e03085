internal import CColumnKernels

extension Moments {
  /// The moments of a block whose finite values are neither very large nor very small.
  ///
  /// The passes of `ofFiniteBlock` without its scale: within these limits scaling by a power of two
  /// would change nothing but the exponents.
  init(_ block: drift_block_moments) {
    let exponent = Self.exponent(covering: max(abs(block.minimum), abs(block.maximum)))
    let unit = Self.powerOfTwo(-exponent)
    let count = Double(block.finite)
    let squares = block.squares - block.rest * block.rest / count
    self.init(
      count: Int(block.finite),
      mean: DoubleDouble(block.shift, block.mean) + DoubleDouble(block.rest / count),
      scaledSecondMoment: DoubleDouble(max(0, squares) * unit * unit), exponent: exponent,
      range: block.minimum...block.maximum)
  }
}

/// Eight independent sums: they break the dependency between additions, and map to vector registers.
private typealias Lanes = SIMD8<Double>

extension Moments {
  /// The moments of one block; nil when a value is not finite or there is none. The reference of the
  /// passes in C, and what is used near the ends of the number range.
  ///
  /// Values are scaled by a power of two and shifted by the first of them, both exact or nearly so,
  /// then taken in two passes: the mean, and the deviations from it with the correction that
  /// removes the rounding of the mean (Chan, Golub & LeVeque 1983, equation 1.7).
  static func ofFiniteBlock(_ values: UnsafeBufferPointer<Double>) -> Moments? {
    guard let first = values.first, let range = finiteRange(values) else { return nil }
    let exponent = exponent(
      covering: max(range.lowerBound.magnitude, range.upperBound.magnitude))
    let unit = powerOfTwo(-exponent)
    let shift = first * unit
    let count = Double(values.count)

    let mean = sum(values, unit: unit, shift: shift) / count
    let (rest, squares) = deviations(values, unit: unit, shift: shift, mean: mean)
    let scaledMean = DoubleDouble(shift, mean) + DoubleDouble(rest / count)
    return Moments(
      count: values.count, mean: scaledMean.scaled(by: powerOfTwo(exponent)),
      scaledSecondMoment: DoubleDouble(max(0, squares - rest * rest / count)), exponent: exponent,
      range: range)
  }

  /// The smallest and the largest value, nil when one is not finite.
  private static func finiteRange(_ values: UnsafeBufferPointer<Double>) -> ClosedRange<Double>? {
    var smallest = Lanes(repeating: values[0])
    var largest = smallest
    // Stays zero: a finite number times zero; anything else gives NaN.
    var check = Lanes(repeating: 0)
    forEach(values) { chunk in
      smallest.replace(with: chunk, where: chunk .< smallest)
      largest.replace(with: chunk, where: chunk .> largest)
      check += chunk * 0
    } tail: { value in
      smallest[0] = min(smallest[0], value)
      largest[0] = max(largest[0], value)
      check[0] += value * 0
    }
    guard check.sum() == 0 else { return nil }
    return smallest.min()...largest.max()
  }

  private static func sum(
    _ values: UnsafeBufferPointer<Double>, unit: Double, shift: Double
  ) -> Double {
    var total = Lanes(repeating: 0)
    forEach(values) { chunk in
      total += chunk * unit - shift
    } tail: { value in
      total[0] += value * unit - shift
    }
    return total.sum()
  }

  /// The sum of the deviations from shift + mean, and of their squares.
  private static func deviations(
    _ values: UnsafeBufferPointer<Double>, unit: Double, shift: Double, mean: Double
  ) -> (sum: Double, squares: Double) {
    var total = Lanes(repeating: 0)
    var squares = Lanes(repeating: 0)
    forEach(values) { chunk in
      let deviation = (chunk * unit - shift) - mean
      total += deviation
      squares += deviation * deviation
    } tail: { value in
      let deviation = (value * unit - shift) - mean
      total[0] += deviation
      squares[0] += deviation * deviation
    }
    return (total.sum(), squares.sum())
  }

  /// Calls one closure with every eight values, the other with each of the rest.
  @inline(__always)
  private static func forEach(
    _ values: UnsafeBufferPointer<Double>, _ body: (Lanes) -> Void, tail: (Double) -> Void
  ) {
    let raw = UnsafeRawBufferPointer(values)
    let whole = values.count / 8 * 8
    for index in stride(from: 0, to: whole, by: 8) {
      body(raw.loadUnaligned(fromByteOffset: index * 8, as: Lanes.self))
    }
    for index in whole..<values.count { tail(values[index]) }
  }
}
