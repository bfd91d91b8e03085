internal import DriftColumns
internal import DriftStatistics

/// Rows that both sides have, as samples of both show.
///
/// A row is told by its numbers, of any precision. Tables of few different rows share some whatever they
/// are of: what counts is how many more than a side shares with itself.
struct SharedRows: Sendable {
  /// The share of a side's rows that the other one has too, beyond those that chance explains.
  let share: Double
  /// Whether these are rows of the baseline: most of those that are shared.
  let isOfBaseline: Bool

  /// So many numbers of a row are looked at.
  private static let mostColumns = 100
  /// A number of rows is certain when it is so many standard deviations from what chance explains.
  private static let certainty = 4.0

  /// One side.
  private struct Side {
    /// The rows of the sample, by what tells them.
    let counts: [UInt64: Int]
    let rows: Int
    /// The share of all rows that are in the sample.
    let fraction: Double
    /// Rows that another row of the side is like.
    let repeated: Int

    init(_ columns: [[Double]], total: Int) {
      let rows = columns.first?.count ?? 0
      var hashes = [UInt64](repeating: 0, count: rows)
      var hasValue = [Bool](repeating: false, count: rows)
      for (place, column) in columns.enumerated() {
        let salt = UInt64(place + 1) &* 0x9E37_79B9_7F4A_7C15
        for row in 0..<rows {
          let value = column[row]
          hasValue[row] = hasValue[row] || !value.isNaN
          hashes[row] = Self.mixed(hashes[row] ^ Self.mixed(Self.bits(value) ^ salt))
        }
      }
      var counts: [UInt64: Int] = [:]
      var known = 0
      for row in 0..<rows where hasValue[row] {
        counts[hashes[row], default: 0] += 1
        known += 1
      }
      self.counts = counts
      self.rows = known
      fraction = total > 0 ? Double(rows) / Double(total) : 1
      repeated = counts.values.reduce(0) { $0 + ($1 > 1 ? $1 : 0) }
    }

    /// The bits of a number, however precisely it is written; whole numbers are exact.
    private static func bits(_ value: Double) -> UInt64 {
      guard !value.isNaN else { return 1 }
      let isWhole = value.rounded(.towardZero) == value
      return (isWhole ? value + 0 : Double(Float(value))).bitPattern
    }

    /// SplitMix64's finaliser (Steele, Lea & Flood 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
      var value = value &+ 0x9E37_79B9_7F4A_7C15
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }

  /// Nil when no more rows are shared than chance explains.
  ///
  /// - Parameters:
  ///   - baseline: The numbers of the baseline's rows, by column.
  ///   - current: Those of the current rows, of the same columns.
  ///   - totals: How many rows the samples are of.
  init?(baseline: [[Double]], current: [[Double]], totals: (baseline: Int, current: Int)) {
    let before = Side(Array(baseline.prefix(Self.mostColumns)), total: totals.baseline)
    let after = Side(Array(current.prefix(Self.mostColumns)), total: totals.current)
    let shares = [Self.share(of: after, in: before), Self.share(of: before, in: after)]
    guard let largest = shares.compactMap({ $0 }).max() else { return nil }
    share = largest
    isOfBaseline = shares[0] != largest
  }

  /// The share of the rows of a side that another one has, too; nil when chance explains it.
  private static func share(of side: Side, in other: Side) -> Double? {
    guard side.rows > 0, other.rows > 0 else { return nil }
    var (found, squares) = (0, 0)
    for (hash, count) in side.counts where other.counts[hash] != nil {
      found += count
      squares += count * count
    }
    guard found > 0 else { return nil }
    // A row of this side is as likely to be in the other one as its own rows are to be there twice.
    let expected = Double(side.rows) * Double(other.repeated) / Double(other.rows)
    let together = Double(squares) / Double(found)
    let deviation =
      (together * expected * (1 + Double(side.rows) / Double(other.rows)) + 1).squareRoot()
    let excess = Double(found) - expected
    guard excess > certainty * deviation else { return nil }
    return min(1, excess / Double(side.rows) / other.fraction)
  }
}

extension DriftDetector {
  /// The finding that both sides have the same rows; nil where they do not, and where no rows are kept.
  func sharedRows(with current: CurrentData) -> Finding? {
    guard configuration.compatibility == .none, let sample, let other = current.sample else {
      return nil
    }
    let columns = Dictionary(
      other.columns.map { (Level($0.name), $0.values) }, uniquingKeysWith: { first, _ in first })
    let pairs = sample.columns.compactMap { column in
      columns[Level(column.name)].map { (column.values, $0) }
    }
    guard
      let shared = SharedRows(
        baseline: pairs.map(\.0), current: pairs.map(\.1),
        totals: (rowCount, current.rowCount)), shared.share > RowLimits.mostShared
    else { return nil }
    let (side, rest) =
      shared.isOfBaseline ? ("baseline", "current data") : ("current", "baseline")
    return Finding(
      .tables, .sharedRows, .warn, observed: shared.share, limit: RowLimits.mostShared,
      words:
        "\(NumberText.percent(shared.share)) of the \(side) rows are in the \(rest), too, more than "
        + "chance explains: the same rows on both sides hide what changed")
  }
}
