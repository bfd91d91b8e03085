extension Moments {
  /// Three bins: the values below all of these, those in their range, and those above. One bin where
  /// there is no value.
  package var rangeBinning: NumericBinning {
    NumericBinning(
      frozenEdges: [minimum, maximum?.nextUp].compactMap { $0 }.filter(\.isFinite), atoms: [],
      isSingleValues: false)
  }
}
