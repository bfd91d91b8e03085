extension Moments {
  /// Three bins: the values below all of these, those in their range, and those above. One bin where
  /// there is no value.
  package var rangeBinning: NumericBinning {
    let edges = [minimum, maximum?.nextUp].compactMap { $0 }.filter(\.isFinite)
    return NumericBinning(
      frozen: edges.map { NumericBinning.Edge(name: $0, cut: $0) }, atoms: [],
      isSingleValues: false,
      ranks: RankCuts())
  }
}
