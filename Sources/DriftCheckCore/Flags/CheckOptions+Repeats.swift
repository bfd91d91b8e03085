internal import DriftDetection
internal import Tabular

extension CheckOptions {
  /// Names each column and each word once, as first given. Once all are there: to look through the lists
  /// with every flag would take the time of the square of their number.
  mutating func removeRepeats() {
    configuration.excluded = configuration.excluded.withoutRepeats
    categorical = categorical.withoutRepeats
    numeric = numeric.withoutRepeats
    configuration.features = configuration.features?.withoutRepeats
    configuration.gating = configuration.gating?.withoutRepeats
    missingValues = missingValues?.withoutRepeats
  }
}

extension [String] {
  fileprivate var withoutRepeats: [String] {
    var items: [String] = []
    items.appendNew(self)
    return items
  }

  /// Appends the items that are not there yet. Compares bytes, as column names do.
  mutating func appendNew(_ items: [String]) {
    guard !items.isEmpty else { return }
    var known = Set(map { ByteString($0) })
    for item in items where known.insert(ByteString(item)).inserted { append(item) }
  }
}
