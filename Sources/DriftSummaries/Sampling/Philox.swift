/// The counter-based generator Philox 4x64-10.
///
/// Its output is a function of a key and a counter alone, so any thread can produce any part of
/// any stream, and a result does not depend on who produced what. The streams used here are keyed
/// by (seed, stream number) and numbered by purpose in the counter.
///
/// Source: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
package struct Philox: Sendable {
  /// What a stream is drawn for; streams of different purposes never share numbers.
  package enum Purpose: UInt64, Sendable {
    case permutation = 1
    case rowSample = 2
    case blockOrder = 3
    case bandwidthSample = 4
    case quantileSketch = 5
    case attribution = 6
    case separability = 7
  }

  private let key: (UInt64, UInt64)
  private let purpose: UInt64
  private var block: UInt64 = 0
  private var buffer: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var used = 4

  package init(seed: UInt64, stream: UInt64, purpose: Purpose) {
    self.key = (seed, stream)
    self.purpose = purpose.rawValue
  }

  /// Continues a stream after so many numbers.
  package init(seed: UInt64, stream: UInt64, purpose: Purpose, position: UInt64) {
    self.init(seed: seed, stream: stream, purpose: purpose)
    skip(position)
  }

  /// Leaves out so many numbers of a stream of which none was drawn.
  package mutating func skip(_ count: UInt64) {
    block = count / 4
    for _ in 0..<count % 4 { _ = next() }
  }

  /// How many numbers were drawn.
  package var position: UInt64 { block &* 4 &+ UInt64(used) &- 4 }

  /// The next 64 bits of the stream.
  package mutating func next() -> UInt64 {
    if used == 4 {
      buffer = Self.bijection(counter: (block, 0, 0, purpose), key: key)
      block &+= 1
      used = 0
    }
    defer { used += 1 }
    switch used {
    case 0: return buffer.0
    case 1: return buffer.1
    case 2: return buffer.2
    default: return buffer.3
    }
  }

  /// A number below `bound`, which must be positive. The bias is below `bound` / 2^64.
  package mutating func next(below bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Ten rounds over one counter.
  package static func bijection(
    counter: (UInt64, UInt64, UInt64, UInt64), key: (UInt64, UInt64)
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    var (c0, c1, c2, c3) = counter
    var (k0, k1) = key
    for _ in 0..<10 {
      let (high0, low0) = c0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
      let (high1, low1) = c2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
      (c0, c1, c2, c3) = (high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0)
      k0 &+= 0x9E37_79B9_7F4A_7C15
      k1 &+= 0xBB67_AE85_84CA_A73B
    }
    return (c0, c1, c2, c3)
  }
}
