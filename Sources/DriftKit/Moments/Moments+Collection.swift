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

  /// Values in a block: its three passes stay in the first-level cache.
  static let blockSize = 2048

  /// Adds the finite values of a buffer, block by block.
  package mutating func append(_ values: UnsafeBufferPointer<Double>) {
    var start = 0
    while start < values.count {
      let end = min(start + Self.blockSize, values.count)
      let block = UnsafeBufferPointer(rebasing: values[start..<end])
      start = end
      if let moments = Self.ofFiniteBlock(block) {
        merge(moments)
      } else {
        // Rare enough not to be fast: the block with only its finite values.
        let finite = block.filter(\.isFinite)
        finite.withUnsafeBufferPointer { rest in
          if let moments = Self.ofFiniteBlock(rest) { merge(moments) }
        }
      }
    }
  }
}
