internal import Tabular

/// How far the reading of one side is.
struct ReadingProgress {
  /// The share done; nil when nobody knows how much there is.
  var share: Double?
  /// Bytes read so far, as they are stored.
  var bytes: Int
  /// Whether rows are read that were read before.
  var isAgain = false

  init(_ state: TableReader.Progress) {
    share = state.bytesTotal.map { $0 == 0 ? 1 : Double(state.bytesRead) / Double($0) }
    bytes = state.bytesRead
    isAgain = state.pass > 1
  }
}
