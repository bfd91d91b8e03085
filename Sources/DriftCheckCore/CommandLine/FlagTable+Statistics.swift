extension FlagTable {
  static let psi: [Flag] = [
    .integer(
      "psi-bins", \.psiBins, in: 2...1000, .psi, help: "How many bins a numeric feature gets."),
    .choice(
      "psi-binning", \.psiBinning, .psi, metavar: "kind",
      help: "Bins at the baseline's quantiles, or of equal width."),
    .choice(
      "psi-missing", \.psiMissing, .psi, metavar: "rule",
      help: "Whether missing cells get a bin or are left out."),
    .value(
      "psi-zero", .psi, metavar: "rule", default: "half",
      help: """
        What to do when a bin is empty on one side: 'half' adds half a count to every bin, \
        'floor:EPS' raises shares to EPS.
        """,
      completion: .words(["half", "floor:"]),
      set: { options, text throws(InvalidValue) in
        options.psiZero = try ValueParser.emptyBins(text)
      }),
    .number(
      "psi-warn", \.psiWarn, in: .nonNegative, .psi, metavar: "x",
      help: "PSI from which a feature is WARN."),
    .number(
      "psi-fail", \.psiFail, in: .nonNegative, .psi, metavar: "x",
      help: "PSI from which a feature is FAIL."),
    .choice(
      "psi-gate", \.psiGate, .psi, metavar: "switch",
      help: "Whether a PSI that chance explains (p not small) stays OK."),
    .optionalChoice(
      "psi-compat", \.psiCompatibility, .psi, metavar: "job",
      help: "Give the numbers and the verdict of an older job."),
  ]

  static let meanShift: [Flag] = [
    .choice(
      "mean-shift-variance", \.meanShiftVariance, .meanShift, metavar: "kind",
      help: "Welch's t-test, or Student's with a pooled variance."),
    .choice(
      "adjust", \.adjustment, .meanShift, metavar: "method",
      help: "How p-values (PSI and mean shift) are adjusted over the features."),
    .number(
      "mean-shift-effect-warn", \.meanShiftEffectWarn, in: .nonNegative, .meanShift,
      metavar: "g", help: "Standardised difference from which a shift is WARN."),
    .number(
      "mean-shift-effect", \.meanShiftEffect, in: .nonNegative, .meanShift, metavar: "g",
      help: "Standardised difference from which a shift is FAIL."),
  ]

  static let mmd: [Flag] = [
    .integer(
      "permutations", \.permutations, in: 1...1_000_000, .mmd, help: "How many permutations."),
    .choice(
      "permutation-unit", \.permutationUnit, .mmd, metavar: "unit",
      help: "What is permuted; auto is rows up to 10,000 rows in all, else blocks."),
    .integer(
      "mmd-max-rows", \.mmdMaxRows, in: 2...Int.max, .mmd,
      help: "The most rows of a side that take part; more are sampled by the seed."),
    .value(
      "mmd-bandwidth", .mmd, metavar: "sigma", default: "median",
      help: "The kernel's width: a number, or 'median' for the median distance rule.",
      completion: .words(["median"]),
      set: { options, text throws(InvalidValue) in
        options.mmdBandwidth = try ValueParser.bandwidth(text)
      }),
    .choice(
      "mmd-scale", \.mmdScale, .mmd, metavar: "rule",
      help: "Whether features are standardised over both sides."),
    .choice(
      "mmd-precision", \.mmdPrecision, .mmd, metavar: "kind",
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
    .toggle("no-mmd", .mmd, help: "Leave the MMD test out.", set: { $0.runsMMD = false }),
  ]

  static let verdict: [Flag] = [
    .number(
      "alpha", \.alpha, in: .probability, .verdict, metavar: "p",
      help: "The significance level of FAIL."),
    .number(
      "warn-alpha", \.warnAlpha, in: .probability, .verdict, metavar: "p",
      help: "The significance level of WARN."),
    .number(
      "new-levels-warn", \.newLevelsWarn, in: .nonNegative, .verdict, metavar: "x",
      help: "Share of rows with new levels, beyond the expected, from which a feature is WARN."),
    .number(
      "new-levels-fail", \.newLevelsFail, in: .nonNegative, .verdict, metavar: "x",
      help: "Share of rows with new levels, beyond the expected, from which a feature is FAIL."),
    .choice(
      "fail-on", \.failOn, .verdict, metavar: "status", help: "Which status ends with exit code 2."),
  ]
}
