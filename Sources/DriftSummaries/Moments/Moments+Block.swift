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
    let sums = DeviationSums(sum: block.rest, squares: block.squares, cubes: block.cubes)
    let (squares, cubes) = sums.central(count: count)
    self.init(
      count: Int(block.finite),
      mean: DoubleDouble(block.shift, block.mean) + DoubleDouble(block.rest / count),
      scaledSecondMoment: DoubleDouble(squares * unit * unit),
      scaledThirdMoment: DoubleDouble(cubes * unit * unit * unit), exponent: exponent,
      range: block.minimum...block.maximum)
  }
}

/// Sums of the deviations of a block's values from a rounded mean, of their squares and cubes.
struct DeviationSums: Sendable, Hashable {
  let sum: Double
  let squares: Double
  let cubes: Double

  /// The sums of squares and of cubes of the deviations from the mean itself, which is off the
  /// rounded one by sum / count.
  func central(count: Double) -> (squares: Double, cubes: Double) {
    let rest = sum / count
    return (
      max(0, squares - sum * sum / count), cubes - 3 * rest * squares + 2 * rest * rest * sum
    )
  }
}

/// Eight independent sums: they break the dependency between additions, and map to vector registers.
private typealias Lanes = SIMD8<Double>

extension Moments {
  /// The moments of one block; nil when a value is not finite or there is none. The reference of the
  /// passes in C, and what is used near the ends of the number range.
  ///
  /// Values are scaled by a power of two and shifted by the first of them, both exact or nearly so,
  /// then taken in two passes: the mean, and the powers of the deviations from it with the
  /// correction that removes the rounding of the mean (Chan, Golub & LeVeque 1983, equation 1.7).
  static func ofFiniteBlock(_ values: UnsafeBufferPointer<Double>) -> Moments? {
    guard let first = values.first, let range = finiteRange(values) else { return nil }
    let exponent = exponent(
      covering: max(range.lowerBound.magnitude, range.upperBound.magnitude))
    let unit = powerOfTwo(-exponent)
    let shift = first * unit
    let count = Double(values.count)

    let mean = sum(values, unit: unit, shift: shift) / count
    let sums = deviations(values, unit: unit, shift: shift, mean: mean)
    let (squares, cubes) = sums.central(count: count)
    let scaledMean = DoubleDouble(shift, mean) + DoubleDouble(sums.sum / count)
    return Moments(
      count: values.count, mean: scaledMean.scaled(by: powerOfTwo(exponent)),
      scaledSecondMoment: DoubleDouble(squares), scaledThirdMoment: DoubleDouble(cubes),
      exponent: exponent, range: range)
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

  /// The sums of the deviations from shift + mean, of their squares and cubes.
  private static func deviations(
    _ values: UnsafeBufferPointer<Double>, unit: Double, shift: Double, mean: Double
  ) -> DeviationSums {
    var total = Lanes(repeating: 0)
    var squares = total
    var cubes = total
    forEach(values) { chunk in
      let deviation = (chunk * unit - shift) - mean
      let square = deviation * deviation
      total += deviation
      squares += square
      cubes += square * deviation
    } tail: { value in
      let deviation = (value * unit - shift) - mean
      let square = deviation * deviation
      total[0] += deviation
      squares[0] += square
      cubes[0] += square * deviation
    }
    return DeviationSums(sum: total.sum(), squares: squares.sum(), cubes: cubes.sum())
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
