internal import CColumnKernels

/// Sorting and merging of finite numbers, none of them -0.
enum SortedNumbers {
  /// Sorts.
  /// - Complexity: O(n), by digits; n words of scratch memory.
  static func sort(_ values: inout [Double]) {
    let count = values.count
    guard count > 1 else { return }
    values.withUnsafeMutableBufferPointer { values in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { scratch in
        guard let values = values.baseAddress, let scratch = scratch.baseAddress else { return }
        drift_sort(values, scratch, Int64(count))
      }
    }
  }

  /// The numbers of both, which ascend.
  static func merged(_ left: [Double], _ right: [Double]) -> [Double] {
    if left.isEmpty { return right }
    if right.isEmpty { return left }
    let count = left.count + right.count
    return Array(unsafeUninitializedCapacity: count) { out, initialized in
      if let out = out.baseAddress {
        drift_merge_sorted(left, Int64(left.count), right, Int64(right.count), out)
      }
      initialized = count
    }
  }
}
