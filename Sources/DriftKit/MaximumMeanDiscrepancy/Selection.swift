/// Order statistics without sorting.
enum Selection {
  /// The value of a rank, from 0, among values that are all numbers; they are put in an order in
  /// which a neighbouring rank is found at once.
  ///
  /// Source: Hoare, "Algorithm 65: FIND", CACM 4(7), 1961, with the median of three as pivot.
  /// - Complexity: O(n) on average.
  static func value(atRank rank: Int, of values: inout [Double]) -> Double {
    values.withUnsafeMutableBufferPointer { value(atRank: rank, of: $0) }
  }

  private static func value(atRank rank: Int, of values: UnsafeMutableBufferPointer<Double>)
    -> Double
  {
    var (low, high) = (0, values.count - 1)
    while low < high {
      let pivot = middle(values[low], values[(low + high) / 2], values[high])
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if rank <= right {
        high = right
      } else if rank >= left {
        low = left
      } else {
        break
      }
    }
    return values[rank]
  }

  private static func middle(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}
