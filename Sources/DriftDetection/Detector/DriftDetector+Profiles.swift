internal import DriftColumns
internal import DriftStatistics
internal import DriftSummaries

extension DriftDetector {
  /// Which features rest on a sketch: their bins were not counted row by row.
  static func sketched(_ columns: [ColumnProfile], _ features: [FeatureBaseline]) -> (
    features: [String], rankError: Double
  ) {
    var names: [String] = []
    var error = 0.0
    for (column, feature) in zip(columns, features) {
      guard let numbers = column.numbers, case .numbers(let bins) = feature.bins,
        !numbers.isExact(bins.counter)
      else { continue }
      names.append(column.name)
      error = max(error, numbers.distribution?.rankError ?? 0)
    }
    return (names, error)
  }
}

extension FeatureBaseline {
  /// The feature of a profiled column.
  ///
  /// - Throws: `DriftError.invalidData` when an older job's bins cannot be had from it.
  init(_ column: ColumnProfile, configuration: DriftConfiguration) throws(DriftError) {
    name = column.name
    kind = column.kind
    switch column.content {
    case .levels(let levels):
      let counts = levels.counts
      let options = configuration.populationStability
      let binning = CategoricalBinning(
        fitting: counts, minimumCount: options.minimumCount, maximumLevels: options.maximumLevels)
      bins = .levels(binning)
      profile = FeatureProfile(counts, binning: binning, details: column.details)
    case .numbers(let numbers):
      let fitted = try NumberBins(fitting: numbers, of: column.name, configuration: configuration)
      bins = .numbers(fitted)
      profile = FeatureProfile(
        NumberProfile(
          tally: numbers.tally, cells: try numbers.cells(fitted.counter, of: column.name)),
        unparseable: numbers.unparseable, counter: fitted.counter, details: column.details)
    case .times(let times):
      let fitted = NumberBins(times: times.tally.moments)
      bins = .numbers(fitted)
      profile = FeatureProfile(
        NumberProfile(
          tally: times.tally, cells: try times.cells(fitted.counter, of: column.name)),
        unparseable: times.unparseable, counter: fitted.counter, details: column.details)
    }
  }
}

extension NumberBins {
  /// Chooses the bins for a profiled column: those that were counted row by row, unless others are
  /// asked for.
  fileprivate init(
    fitting numbers: NumberSummary, of name: String, configuration: DriftConfiguration
  ) throws(DriftError) {
    let options = configuration.populationStability(for: name)
    switch configuration.compatibility {
    case .churnMLOps:
      guard let distribution = numbers.distribution, distribution.isExact,
        numbers.tally.infinities == 0
      else {
        throw DriftError(
          .invalidData,
          "the profile does not hold all values of '\(name)', which the bins of churn-mlops need; "
            + "give the table")
      }
      let values = distribution.values
      let binning = ChurnMLOpsBinning(
        quantiles: Quantiles.edges(count: values.count, parts: 10) { values.value(at: $0) })
      self.init(kind: .churnMLOps(binning), counter: binning.counter)
    case .none:
      if let frozen = numbers.frozen,
        frozen.method?.normalized == options.binning.normalized
          && frozen.minimumCount == options.minimumCount
      {
        self.init(kind: .numeric(frozen.binning), counter: frozen.binning.counter)
        return
      }
      guard let distribution = numbers.distribution else { throw .otherBins(name) }
      let binning = NumericBinning(
        fitting: distribution.values, deviation: numbers.tally.moments.standardDeviation,
        method: options.binning,
        minimumCount: options.minimumCount)
      self.init(kind: .numeric(binning), counter: binning.counter)
    }
  }
}

extension DriftDetector {
  /// Whether there are baseline rows for the kernel two-sample test.
  package var holdsRows: Bool { sample != nil }

  /// Whether a column of current data is a feature, and of which kind; nil when it is none.
  package func kind(ofFeature name: String) -> ColumnKind? { featureKinds[Level(name)] }

  /// The bins of the features of numbers and points in time, but for those of an older job.
  package var numericBinnings: [(name: String, binning: NumericBinning)] {
    features.compactMap { feature in
      guard case .numbers(let bins) = feature.bins else { return nil }
      switch bins.kind {
      case .numeric(let binning): return (feature.name, binning)
      case .times: return (feature.name, feature.profile.moments.rangeBinning)
      case .churnMLOps: return nil
      }
    }
  }

  /// What summarises current data for a check, batch by batch as they are read.
  ///
  /// - Parameter columns: The features of numbers and points in time that are there.
  /// - Returns: An accumulator without rows, whose profile `check` takes.
  package func accumulator(ofColumns columns: [String]) -> RowAccumulator {
    var counters: [Level: BinCounter] = [:]
    for feature in features {
      if case .numbers(let bins) = feature.bins { counters[Level(feature.name)] = bins.counter }
    }
    let options = configuration.maximumMeanDiscrepancy
    return RowAccumulator(
      counting: columns.compactMap { name in
        counters[Level(name)].map { (name: name, counter: $0) }
      }, times: features.filter { $0.kind == .time }.map(\.name),
      sampledRows: options?.maximumRows ?? 0, seed: options?.seed ?? 0,
      work: PieceWork(instructionSet: configuration.instructionSet))
  }
}

extension CurrentData {
  /// The current data of a detector, from a profile.
  ///
  /// - Throws: `DriftError.kindMismatch` for numbers where the baseline has levels.
  init(_ profile: DatasetProfile, for detector: DriftDetector) throws(DriftError) {
    let columns = Dictionary(
      profile.columns.map { (Level($0.name), $0) }, uniquingKeysWith: { first, _ in first })
    var profiles: [FeatureProfile?] = []
    var sketched: [String] = []
    for feature in detector.features {
      guard let column = columns[Level(feature.name)] else {
        profiles.append(nil)
        continue
      }
      if let numbers = column.numbers, case .numbers(let bins) = feature.bins,
        !numbers.isExact(bins.counter)
      {
        sketched.append(feature.name)
      }
      profiles.append(try FeatureProfile(column, bins: feature.bins))
    }
    let numeric = detector.features.filter {
      $0.kind == .numeric && columns[Level($0.name)]?.kind == .numeric
    }.map(\.name)
    self.init(
      names: profile.columnNames + profile.unread, rowCount: profile.rowCount, profiles: profiles,
      sample: detector.configuration.maximumMeanDiscrepancy.flatMap { options in
        profile.sample.map {
          RowSample($0, of: profile, columns: numeric, options: options)
        }
      }, sketched: (sketched, sketched.isEmpty ? 0 : profile.rankError))
  }
}

extension FeatureProfile {
  fileprivate init(_ column: ColumnProfile, bins: FeatureBins) throws(DriftError) {
    let details = column.details
    switch (bins, column.content) {
    case (.numbers(let bins), .numbers(let numbers)) where bins.columnKind == .numeric,
      (.numbers(let bins), .times(let numbers)) where bins.columnKind == .time:
      self.init(
        NumberProfile(
          tally: numbers.tally, cells: try numbers.cells(bins.counter, of: column.name)),
        unparseable: numbers.unparseable, counter: bins.counter, details: details)
    case (.levels(let binning), .levels(let levels)):
      self.init(levels.counts, binning: binning, details: details)
    case (.numbers(let bins), .levels(let levels)):
      let isTime = bins.columnKind == .time
      guard isTime ? levels.sketch.count == 0 : !levels.mayHoldNumbers else {
        throw DriftError(
          .kindMismatch,
          "'\(column.name)' has \(bins.columnKind.content) in the baseline and levels in the current "
            + "profile\(isTime ? "" : ", numbers among them")",
          recovery: isTime ? .times(column: column.name) : .numbers(column: column.name))
      }
      // Text where numbers are expected: counted and shown, never dropped.
      self.init(
        NumberProfile(tally: NumberTally(missing: levels.rows), cells: bins.counter.noCells),
        unparseable: levels.sketch.count, counter: bins.counter, details: details)
    case (.levels(let binning), _) where column.numbers?.isEmpty == true:
      self.init(
        LevelCounts(LevelSketch(), missing: column.numbers?.tally.rows ?? 0), binning: binning)
    case (.numbers(let bins), _) where column.numbers?.isEmpty == true:
      self.init(
        NumberProfile(
          tally: NumberTally(missing: column.numbers?.tally.rows ?? 0), cells: bins.counter.noCells),
        unparseable: 0, counter: bins.counter)
    case (.levels, _):
      throw DriftError(
        .kindMismatch,
        "'\(column.name)' has levels in the baseline and \(column.kind.content) in the current profile",
        recovery: .categories(column: column.name))
    case (.numbers(let bins), _):
      throw DriftError(
        .kindMismatch,
        "'\(column.name)' has \(bins.columnKind.content) in the baseline and \(column.kind.content) in "
          + "the current profile",
        recovery: bins.columnKind == .time
          ? .times(column: column.name) : .numbers(column: column.name))
    }
  }
}

extension RowSample {
  /// The rows of a profile, of some of its columns, in this order.
  init(
    _ sample: RowSampleProfile, of profile: DatasetProfile, columns names: [String],
    options: MaximumMeanDiscrepancy.Options
  ) {
    let chosen = sample.first(options.maximumRows)
    let places = Dictionary(
      chosen.names.enumerated().map { (Level($1), $0) }, uniquingKeysWith: { first, _ in first })
    self.init(
      columns: names.compactMap { name in
        places[Level(name)].map { (name: name, values: chosen.values[$0]) }
      },
      // Of a table in several parts only the place in a part is known.
      rows: profile.segments.count == 1 ? chosen.rows.map(\.row) : nil,
      isSampled: chosen.rows.count < profile.rowCount)
  }
}
