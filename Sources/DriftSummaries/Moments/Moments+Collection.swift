internal import CColumnKernels
package import CInstructionSets
public import DriftColumns

extension Moments {
  /// The moments of the finite values of a collection; NaN and infinities are skipped and not
  /// counted.
  ///
  /// Fast for values in contiguous storage (an array, a slice of one, an unsafe buffer).
  /// - Complexity: O(n) time, O(1) space.
  public init(_ values: some Collection<Double>) {
    self.init()
    let contiguous: Void? = values.withContiguousStorageIfAvailable { append($0) }
    if contiguous != nil { return }

    withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.blockSize) { block in
      block.initialize(repeating: 0)
      var filled = 0
      for value in values {
        block[filled] = value
        filled += 1
        if filled == Self.blockSize {
          append(UnsafeBufferPointer(block))
          filled = 0
        }
      }
      append(UnsafeBufferPointer(rebasing: block[..<filled]))
    }
  }

  /// The moments of the finite values of numbers of any type.
  /// - Complexity: O(n).
  public init(_ values: some Collection<some NumericValue>) {
    self.init(values.map(\.nearestDouble))
  }

  /// Values in a block: its passes stay in the first-level cache.
  package static let blockSize = NumberChunks.blockSize

  /// How many values of a buffer are not finite.
  package struct NotFinite: Sendable, Hashable {
    /// NaN.
    package var nans = 0
    /// Infinities of either sign.
    package var infinities = 0

    /// None.
    package init() {}
  }

  /// Adds the finite values of a buffer, block by block, and counts the others.
  ///
  /// The result is the same, to the last bit, with every instruction set.
  @discardableResult
  package mutating func append(
    _ values: UnsafeBufferPointer<Double>,
    instructionSet: InstructionSet = InstructionSet.best
  ) -> NotFinite {
    var others = NotFinite()
    guard let base = values.baseAddress else { return others }
    var found = drift_block_moments()
    for start in stride(from: 0, to: values.count, by: Self.blockSize) {
      let size = min(Self.blockSize, values.count - start)
      drift_moments_of_block(instructionSet, base + start, Int64(size), &found)
      others.nans += Int(found.nans)
      others.infinities += size - Int(found.finite + found.nans)
      if found.finite == 0 { continue }
      if found.is_in_range != 0 {
        merge(Moments(found))
      } else {
        appendBlock(UnsafeBufferPointer(start: base + start, count: size))
      }
    }
    return others
  }

  /// Adds the finite values of a buffer, block by block: the slow reference of `append`.
  package mutating func appendSlowly(_ values: UnsafeBufferPointer<Double>) {
    for start in stride(from: 0, to: values.count, by: Self.blockSize) {
      let end = min(start + Self.blockSize, values.count)
      appendBlock(UnsafeBufferPointer(rebasing: values[start..<end]))
    }
  }

  private mutating func appendBlock(_ block: UnsafeBufferPointer<Double>) {
    let finite = block.filter(\.isFinite)
    finite.withUnsafeBufferPointer { rest in
      if let moments = Self.ofFiniteBlock(rest) { merge(moments) }
    }
  }
}
