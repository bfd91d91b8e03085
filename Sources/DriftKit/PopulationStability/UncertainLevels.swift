/// Counts of levels on both sides where some of them are known by bounds only.
///
/// Where counts leave room, those are taken that are closest to no drift: what is then found is there
/// whatever the true counts are.
struct UncertainLevels {
  let baseline: LevelCounts
  let current: LevelCounts

  /// Whether all counts of both sides are exact.
  var isExact: Bool { baseline.isExact && current.isExact }

  /// The current rows in bins that the baseline was counted by exactly, the last one that of all other
  /// levels.
  struct Bins: Sendable, Hashable {
    /// What is closest to the baseline's shares.
    var closest: [Int]
    /// What is farthest from them.
    var farthest: [Int]
    /// By how much the count of a level may be too low.
    var mostUncertain = 0
  }

  /// The current rows by bin; nil when they are all known.
  func bins(_ binning: CategoricalBinning, baselineCounts: [Int]) -> Bins? {
    guard !current.isExact else { return nil }
    let counts = binning.counts(of: current)
    let room = binning.levels.map { level in
      level.bytes.withUnsafeBufferPointer { current.uncertainty(of: $0) }
    }
    guard room.contains(where: { $0 > 0 }) else { return nil }
    let rate = Double(current.present) / Double(max(baseline.present, 1))
    var bins = Bins(closest: counts, farthest: counts, mostUncertain: room.max() ?? 0)
    // Rows that were dropped are among the others; no level can have had more than all of them.
    var (left, leftFarthest) = (counts[counts.count - 1], counts[counts.count - 1])
    for (index, room) in room.enumerated() {
      let expected = Int((Double(baselineCounts[index]) * rate).rounded())
      let added = min(room, left, max(0, expected - counts[index]))
      bins.closest[index] += added
      left -= added
      let far = counts[index] + room - expected > expected - counts[index] ? room : 0
      bins.farthest[index] += min(far, leftFarthest)
      leftFarthest -= min(far, leftFarthest)
    }
    bins.closest[counts.count - 1] = left
    bins.farthest[counts.count - 1] = leftFarthest
    return bins
  }

  /// `CategoricalBinning.pooledPValue` where counts are known by bounds only.
  /// - Complexity: O(levels).
  func pooledPValue(
    missing: (baseline: Int, current: Int), options: PopulationStabilityIndex.Options
  ) -> Double {
    guard baseline.present > 0, current.present > 0 else { return 1 }
    let (n, m) = (Double(baseline.present), Double(current.present))
    let least = Double(options.minimumCount) * (n + m) / n
    var frequent = FrequentLevels<(Double, Double)>(options.maximumLevels)
    func offer(
      _ level: UnsafeBufferPointer<UInt8>, _ before: ClosedRange<Double>,
      _ after: ClosedRange<Double>
    ) {
      let x = min(max(after.lowerBound * n / m, before.lowerBound), before.upperBound)
      let y = min(max(x * m / n, after.lowerBound), after.upperBound)
      guard x + y >= least else { return }
      frequent.offer(level, count: Int(x + y), counts: (x, y))
    }
    baseline.table.forEachWithUncertainty { level, count, room in
      offer(level, Self.range(count, room), Self.range(of: level, in: current))
    }
    current.table.forEachWithUncertainty { level, count, room in
      guard baseline.table.uncertainty(of: level) == nil else { return }
      offer(level, Self.range(of: level, in: baseline), Self.range(count, room))
    }
    var counts = frequent.levels.map(\.counts)
    counts.append(
      (
        max(0, n - counts.reduce(0) { $0 + $1.0 }), max(0, m - counts.reduce(0) { $0 + $1.1 })
      ))
    counts.append((Double(missing.baseline), Double(missing.current)))
    let bins = counts.filter { $0.0 > 0 || $0.1 > 0 }
    return ChiSquared.homogeneity(bins.map(\.0), bins.map(\.1))
  }

  private static func range(_ count: Int, _ room: Int) -> ClosedRange<Double> {
    Double(count)...Double(count + room)
  }

  private static func range(of level: UnsafeBufferPointer<UInt8>, in counts: LevelCounts)
    -> ClosedRange<Double>
  {
    range(counts.table.count(of: level), counts.uncertainty(of: level))
  }

  /// What is to be said of counts that are not exact.
  func notes(_ name: String) -> [String] {
    var notes: [String] = []
    if !baseline.isExact {
      notes.append(
        "\(name): more levels in the baseline than memory holds; its bins are of levels that were "
          + "counted exactly, all others are counted together")
    }
    if !current.isExact {
      let share = NumberText.significant(
        100 * Double(current.countError) / Double(max(current.present, 1)), 2)
      notes.append(
        "\(name): more levels in the current data than memory holds; the count of a rare one may be "
          + "too low, by \(current.countError) rows (\(share) %) at most")
    }
    return notes
  }
}
