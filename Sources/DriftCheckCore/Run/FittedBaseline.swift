internal import DriftDetection
internal import Tabular

/// A baseline that is fitted, and what reading the current data takes from it.
struct FittedBaseline {
  let detector: DriftDetector
  /// The names that an array takes from it; nil when it is an array itself.
  var names: [String]?
  /// Its columns without a name, which are left out.
  var unnamed: [String] = []
  /// All its columns, when it was read as a table.
  var header: [String]?
  /// The current table, when it was opened to name the columns of the baseline.
  var current: TableSource?
}
