internal import DriftDetection
internal import Tabular

/// The files that the program reads: tables, and those that it has written itself.
enum InputFormats {
  static let registry = FormatRegistry.tables.adding([
    .foreign(.profile, "a profile", isBegun: DatasetProfile.isProfile),
    .foreign(.sums, "sums of the MMD test", isBegun: MaximumMeanDiscrepancy.PartialSums.areSums),
  ])
}

extension TableFormat.ID {
  /// A profile, as the commands `profile` and `merge` write it.
  static let profile = TableFormat.ID("profile")
  /// Sums of a shard of the MMD test.
  static let sums = TableFormat.ID("sums")
}
