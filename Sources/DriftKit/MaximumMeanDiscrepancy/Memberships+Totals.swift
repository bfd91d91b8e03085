internal import CDriftKernels

extension Memberships {
  /// The sum of the values of the first sample's units, for every permutation.
  ///
  /// - Parameters:
  ///   - values: One value a unit; their sum must fit 64 bits.
  ///   - loops: The C loops to use.
  /// - Returns: One sum a permutation, up to a whole group of 64.
  func totals(of values: [Int64], _ loops: KernelLoops) -> [Int64] {
    var sums = [Int64](repeating: 0, count: groupCount * 64)
    words.withUnsafeBufferPointer { words in
      values.withUnsafeBufferPointer { values in
        sums.withUnsafeMutableBufferPointer { sums in
          guard let words = words.baseAddress, let values = values.baseAddress,
            let sums = sums.baseAddress
          else { return }
          for group in 0..<groupCount {
            loops.c.masked_totals(
              values, words + group * unitCount, Int64(unitCount), sums + group * 64)
          }
        }
      }
    }
    return sums
  }
}
