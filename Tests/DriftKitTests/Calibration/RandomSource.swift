import DriftTestSupport
import Foundation

/// Random numbers of several kinds, a function of a name.
struct RandomSource: Sendable {
  private var bits: SplitMix64
  private var normals: SeededNormal

  /// A source whose seed is the FNV-1a hash of a name: no case shares its numbers with another, and
  /// none changes when a case is added.
  init(_ name: String) {
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    bits = SplitMix64(seed: hash)
    normals = SeededNormal(seed: bits.next())
  }

  /// 64 random bits.
  mutating func next() -> UInt64 { bits.next() }

  /// A uniform number in (0, 1).
  mutating func uniform() -> Double { (Double(bits.next() >> 11) + 0.5) * 0x1p-53 }

  /// A standard normal number.
  mutating func normal() -> Double { normals.next() }

  /// A Poisson count, by Knuth's product of uniform numbers.
  mutating func poisson(_ mean: Double) -> Double {
    let limit = exp(-mean)
    var count = 0.0
    var product = uniform()
    while product > limit {
      count += 1
      product *= uniform()
    }
    return count
  }

  /// An exponential number with mean 1.
  mutating func exponential() -> Double { -log(uniform()) }
}
