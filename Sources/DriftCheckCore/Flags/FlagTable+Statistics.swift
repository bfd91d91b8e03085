internal import DriftDetection

extension FlagTable {
  static let psi: [Flag] =
    [
      .integer(
        "psi-bins", \.configuration.populationStability.binning.bins, in: 2...1000, .psi,
        help: "How many bins a numeric feature gets."),
      .choice(
        "psi-binning", \.configuration.populationStability.binning.kind, .psi, metavar: "kind",
        help: "Bins at the baseline's quantiles, or of equal width."),
      .choice(
        "psi-missing", \.configuration.populationStability.missing, .psi, metavar: "rule",
        help: "Whether missing cells get a bin or are left out."),
      .value(
        "psi-zero", .psi, metavar: "rule", default: "half",
        help: """
          What to do when a bin is empty on one side: 'half' adds half a count to every bin, \
          'floor:EPS' raises shares to EPS.
          """,
        completion: .words(["half", "floor:"]),
        set: { options, text throws(InvalidValue) in
          options.configuration.populationStability.emptyBins = try ValueParser.emptyBins(text)
        }),
    ] + LimitPair.flags(in: .psi) + [
      .choice(
        "psi-gate", \.configuration.thresholds.stabilitySwitch, .psi, metavar: "switch",
        help: "Whether a PSI that chance explains (p not small) stays OK."),
      .choice(
        "psi-compat", \.configuration.compatibility, among: [.churnMLOps], .psi, metavar: "job",
        help: "Give the numbers and the verdict of an older job."),
    ]

  static let meanShift: [Flag] =
    [
      .choice(
        "mean-shift-variance", \.configuration.meanShiftVariance, .meanShift, metavar: "kind",
        help: "Welch's t-test, or Student's with a pooled variance."),
      .choice(
        "adjust", \.configuration.adjustment, .meanShift, metavar: "method",
        help: "How p-values (PSI and mean shift) are adjusted over the features."),
    ] + LimitPair.flags(in: .meanShift)

  static let mmd: [Flag] = kernelTest + LimitPair.jointFlags(.maximumMeanDiscrepancy) + dependence

  private static let kernelTest: [Flag] = [
    .integer(
      "permutations", \.discrepancy.permutations, in: 1...1_000_000, .mmd,
      help: "How many permutations."),
    .choice(
      "permutation-unit", \.discrepancy.unit, .mmd, metavar: "unit",
      help: "What is permuted; auto is rows below 2,000 rows in all, else blocks."),
    .integer(
      "mmd-max-rows", \.discrepancy.maximumRows, in: 2...Int.max, .mmd,
      help: "The most rows of a side that take part; more are sampled by the seed."),
    .choice(
      "mmd-kernels", \.discrepancy.kernels, .mmd, metavar: "rule",
      help: "Four kernels, from narrow to wide, or one by the median distance rule."),
    .value(
      "mmd-bandwidth", .mmd, metavar: "sigma",
      help: "One kernel of this width: a number, or 'median' for the median distance rule.",
      completion: .words(["median"]),
      set: { options, text throws(InvalidValue) in
        options.discrepancy.bandwidth = try ValueParser.bandwidth(text)
        if options.discrepancy.bandwidth == nil { options.discrepancy.kernels = .median }
      }),
    .choice(
      "mmd-scale", \.discrepancy.scale, .mmd, metavar: "rule",
      help: "Features by their ranks over both sides, by mean and deviation, or as they are."),
    .choice(
      "mmd-precision", \.discrepancy.precision, .mmd, metavar: "kind",
      help: "The kernel matrix's arithmetic."),
    Flag(
      name: "mmd-sums", metavar: "file", arity: .many,
      help: """
        The sums of all shards (or a pattern such as 'sums/*'), as 'mmd-shard' wrote them, to make \
        the test of. The report is that of one process.
        """,
      section: .mmd, completion: .file,
      action: .set { options, text throws(InvalidValue) in
        guard ValueParser.isFile(text) else {
          throw InvalidValue(expected: "a file that 'drift-check mmd-shard' wrote")
        }
        options.mmdSums.append(text)
      }),
    .toggle(
      "no-mmd", .mmd, help: "Leave the MMD test out, and the change of dependence.",
      set: { $0.runsMMD = false }),
  ]

  private static let dependence: [Flag] =
    [
      .toggle(
        "no-dependence", .mmd, help: "Leave the change of dependence (correlations) out.",
        set: { $0.runsDependence = false }),
      .integer(
        "dependence-max-features", \.dependence.maximumColumns, in: 2...Int.max, .mmd,
        help: "The most features whose correlations are compared."),
    ] + LimitPair.jointFlags(.dependence)

  static let verdict: [Flag] =
    LimitPair.significance.flags + LimitPair.flags(in: .verdict) + [
      .integer(
        "min-rows", \.configuration.rowLimits.minimum, in: 0...Int.max, .verdict,
        help: "Fewer rows on a side are WARN: too few to find drift."),
      rowRatio(
        "rows-ratio-warn", \.configuration.rowLimits.warningRatio,
        help: "Current rows for each baseline row, outside of which there is WARN."),
      rowRatio(
        "rows-ratio-fail", \.configuration.rowLimits.failingRatio,
        help: "Current rows for each baseline row, outside of which there is FAIL."),
      gate, importance,
      .choice(
        "fail-on", \.failOn, .verdict, metavar: "status",
        help: "Which status ends with exit code 2."),
    ]

  private static let gate = Flag(
    name: "gate", metavar: "columns", arity: .list,
    help: """
      The features that decide the status and the exit code, between commas; the others are shown. \
      Without it: all.
      """,
    section: .verdict,
    action: .set { options, text throws(InvalidValue) in
      let columns = try ValueParser.columns(text)
      options.configuration.gating = (options.configuration.gating ?? []) + columns
    })

  private static let importance = Flag.value(
    "importance", .verdict, metavar: "file",
    help: """
      What the model makes of its features: CSV (feature,weight) or JSON ({"feature": weight}). Those \
      that hold less than 5 % together do not gate unless --gate names them.
      """, completion: .file,
    set: { options, text throws(InvalidValue) in
      guard !text.isEmpty, text != "-" else { throw InvalidValue.path }
      options.importance = text
    })

  private static func rowRatio(
    _ name: String, _ path: Flag.OptionPath<ClosedRange<Double>?>, help: String
  ) -> Flag {
    .value(
      name, .verdict, metavar: "low,high", default: "off", help: help, completion: .words(["off"]),
      set: { options, text throws(InvalidValue) in
        options[keyPath: path] = try ValueParser.ratio(text)
      })
  }
}
