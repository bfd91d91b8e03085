import Foundation

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers for the same seed, everywhere.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator that starts at a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Normally distributed numbers from a seed, by the method of Box and Muller.
public struct SeededNormal: Sendable {
  private var generator: SplitMix64
  private var spare: Double?

  /// A source that starts at a seed.
  public init(seed: UInt64) {
    generator = SplitMix64(seed: seed)
  }

  /// The next number with mean 0 and standard deviation 1.
  public mutating func next() -> Double {
    if let value = spare {
      spare = nil
      return value
    }
    // In (0, 1], so that the logarithm is finite.
    let u = Double((generator.next() >> 11) + 1) * 0x1p-53
    let angle = 2 * Double.pi * Double(generator.next() >> 11) * 0x1p-53
    let radius = (-2 * log(u)).squareRoot()
    spare = radius * sin(angle)
    return radius * cos(angle)
  }

  /// The next numbers with the given mean and standard deviation.
  public mutating func sample(
    _ count: Int, mean: Double = 0, standardDeviation: Double = 1
  ) -> [Double] {
    (0..<count).map { _ in mean + standardDeviation * next() }
  }
}
