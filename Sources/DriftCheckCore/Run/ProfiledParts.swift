internal import Checked
internal import DriftDetection

/// The profiles of the parts of a table, merged in their order as they come.
///
/// Small ones are merged with others of their size first: to merge a thousand of them one by one into
/// one that grows would take the time of the square of their number.
struct ProfiledParts {
  /// All but the last small ones.
  private var large: DatasetProfile?
  /// Small ones, in order, each of more parts than the next: 2^rank of them.
  private var small: [(rank: Int, profile: DatasetProfile)] = []
  private var smallRows = 0

  /// More rows are not small: as many values may be kept of each.
  private static let most = 1 << 17

  /// Adds the next part.
  ///
  /// - Throws: `DriftError` when it does not belong to those before.
  mutating func add(_ part: DatasetProfile) throws(DriftError) {
    smallRows = smallRows.addingSaturated(part.rowCount)
    var next = (rank: 0, profile: part)
    while let last = small.last, last.rank == next.rank {
      small.removeLast()
      var merged = last.profile
      try merged.merge(next.profile)
      next = (rank: next.rank + 1, profile: merged)
    }
    small.append(next)
    if smallRows > Self.most { try collect() }
  }

  /// The profile of all parts; nil when there are none.
  ///
  /// - Throws: As `add`.
  mutating func whole() throws(DriftError) -> DatasetProfile? {
    try collect()
    return large
  }

  private mutating func collect() throws(DriftError) {
    var merged: DatasetProfile?
    while let (_, profile) = small.popLast() {
      guard let later = merged else {
        merged = profile
        continue
      }
      var both = profile
      try both.merge(later)
      merged = both
    }
    smallRows = 0
    guard let merged else { return }
    if large == nil {
      large = merged
    } else {
      try large?.merge(merged)
    }
  }
}
