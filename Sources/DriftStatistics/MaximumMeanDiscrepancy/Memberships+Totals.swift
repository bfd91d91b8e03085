internal import CDriftKernels

extension Memberships {
  /// The sum of the values of the first sample's units, for every permutation.
  ///
  /// - Parameter values: One value a unit; their sum must fit 64 bits.
  /// - Returns: One sum a permutation.
  func totals(of values: [Int64]) -> [Int64] {
    var sums = [Int64](repeating: 0, count: count)
    values.withUnsafeBufferPointer { values in
      sums.withUnsafeMutableBufferPointer { sums in
        guard let values = values.baseAddress else { return }
        for (index, first) in stride(from: 0, to: unitCount, by: 64).enumerated() {
          drift_member_sums(
            values + first, Int32(min(64, unitCount - first)), block(index), Int64(count),
            sums.baseAddress)
        }
      }
    }
    return sums
  }
}
