internal import DriftKit

/// Tables made of a fuzzer's bytes.
struct FuzzTable {
  /// A column that both sides of a check may have.
  struct Heading {
    let name: String
    let kind: ColumnKind
  }

  /// Names and kinds of up to four columns, mostly different.
  static func headings(_ bytes: inout FuzzBytes) -> [Heading] {
    (0...bytes.choice(4)).map { place in
      let kind: ColumnKind = bytes.bool() ? .categorical : .numeric
      let name = bytes.text()
      return Heading(name: bytes.choice(16) == 15 ? name : "\(name)\(place)", kind: kind)
    }
  }

  /// Rows of columns. Few bytes make many rows, as values are repeated.
  ///
  /// - Throws: `DriftError` where that is no table.
  static func table(_ headings: [Heading], _ bytes: inout FuzzBytes) throws(DriftError) -> Dataset {
    if bytes.choice(16) == 15, headings.allSatisfy({ $0.kind == .categorical }) {
      return try counted(headings, &bytes)
    }
    let (values, times) = (bytes.choice(24), bytes.one(of: [1, 1, 2, 5, 20]))
    var columns: [Column] = []
    for heading in headings {
      // Columns go, and change their kind, sometimes.
      let change = bytes.choice(32)
      if change == 31 { continue }
      let isNumeric = (heading.kind != .categorical) != (change == 30)
      if isNumeric {
        let some = (0..<values).map { _ in bytes.double() }
        let numbers = (0..<times).flatMap { _ in some }
        let absent = numbers.count { $0.isNaN }
        let unparseable = change == 29 ? bytes.int() : absent & change
        columns.append(
          Column(
            name: heading.name,
            cells: heading.kind == .time || change == 28
              ? .time(numbers, unparseable: unparseable)
              : .numeric(numbers, unparseable: unparseable)))
      } else {
        let pool = (0...bytes.choice(4)).map { _ in bytes.text() }
        let some = (0..<values).map { _ -> String? in
          let place = bytes.choice(pool.count + 1)
          return place < pool.count ? pool[place] : nil
        }
        columns.append(Column(heading.name, (0..<times).flatMap { _ in some }))
      }
    }
    return try Dataset(columns)
  }

  /// Levels whose rows are counted elsewhere, up to as many as there can be.
  private static func counted(
    _ headings: [Heading], _ bytes: inout FuzzBytes
  ) throws(DriftError) -> Dataset {
    let counts = (0..<1 + bytes.choice(4)).map { _ in bytes.int() }
    let missing = bytes.int()
    var columns: [Column] = []
    for heading in headings {
      var levels: [Level: Int] = [:]
      for (place, count) in counts.enumerated() { levels[Level("\(place)")] = count }
      columns.append(
        Column(
          name: heading.name,
          cells: .categorical(try LevelCounts(counts: levels, missing: missing))))
    }
    return try Dataset(columns)
  }

  /// A configuration, most often a valid one.
  static func configuration(
    _ headings: [Heading], _ bytes: inout FuzzBytes
  ) -> DriftConfiguration {
    var configuration = DriftConfiguration()
    let flags = bytes.byte()
    configuration.maximumMeanDiscrepancy = nil
    if flags & 1 == 1 {
      var options = MaximumMeanDiscrepancy.Options()
      options.permutations = 1 + bytes.choice(20)
      options.unit = bytes.one(of: MaximumMeanDiscrepancy.UnitChoice.allCases)
      options.scale = bytes.one(of: MaximumMeanDiscrepancy.Scale.allCases)
      options.precision = bytes.one(of: MaximumMeanDiscrepancy.Precision.allCases)
      options.maximumRows = 2 + bytes.choice(64)
      options.seed = bytes.word()
      if bytes.choice(8) == 7 { options.bandwidth = bytes.double() }
      configuration.maximumMeanDiscrepancy = options
    }
    if flags & 2 == 2 {
      configuration.populationStability.binning = binning(&bytes)
      configuration.populationStability.missing = bytes.one(of: [.bin, .exclude])
      configuration.populationStability.minimumCount = 1 + bytes.choice(20)
      configuration.populationStability.maximumLevels = bytes.choice(8)
      if bytes.bool() { configuration.populationStability.emptyBins = .floor(bytes.double()) }
    }
    if flags & 4 == 4 {
      configuration.thresholds.alpha = bytes.double()
      configuration.thresholds.stabilityFail = bytes.double()
      configuration.thresholds.stabilityGate = bytes.bool()
      configuration.thresholds.effectWarn = bytes.double()
    }
    if flags & 8 == 8, let heading = headings.first {
      configuration.featureBinning[heading.name] = binning(&bytes)
      var own = Thresholds()
      own.effectFail = 1 + abs(bytes.double())
      configuration.featureThresholds[heading.name] = own
    }
    if flags & 16 == 16 { configuration.compatibility = .churnMLOps }
    if flags & 32 == 32 {
      configuration.adjustment = bytes.one(of: PValueAdjustment.allCases)
      configuration.meanShiftVariance = .pooled
      configuration.missingFeatures = bytes.one(of: [.ignore, .fail])
    }
    if flags & 64 == 64 {
      configuration.excluded = [bytes.one(of: headings).name]
      if bytes.bool() { configuration.features = headings.map(\.name) }
    }
    return configuration
  }

  static func binning(_ bytes: inout FuzzBytes) -> NumericBinning.Method {
    switch bytes.choice(4) {
    case 0: .quantile(bins: bytes.choice(32))
    case 1: .uniform(bins: bytes.choice(32))
    case 2: .edges((0..<bytes.choice(6)).map { _ in bytes.double() })
    default: .edges((0...bytes.choice(6)).map { _ in bytes.finite() }.sorted())
    }
  }
}
