/// The hash FNV-1a: the same in every process, for names and levels that nobody chose to collide.
///
/// Source: Fowler, Noll & Vo, "FNV hash", 1991.
package struct FNV1a: Sendable {
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  /// The hash of some bytes.
  package init(_ bytes: some Sequence<UInt8>) { add(bytes) }

  package mutating func add(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01B3 }

  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(UInt64(byte)) }
  }
}
