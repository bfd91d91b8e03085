/// A flag's value out of a few words.
///
/// The raw value is the word on the command line; the order of the cases is that of the help.
package protocol Choice: RawRepresentable<String>, CaseIterable, Sendable, Hashable {}

extension CheckOptions {
  /// How numeric PSI bins are made.
  package enum Binning: String, Choice {
    /// Edges at the baseline's quantiles.
    case quantile
    /// Bins of equal width over the baseline's range.
    case uniform
  }

  /// What PSI does with missing cells.
  package enum MissingCells: String, Choice {
    /// They get a bin of their own.
    case bin
    /// They are left out.
    case exclude
  }

  /// On or off.
  package enum Toggle: String, Choice {
    /// On.
    case on
    /// Off.
    case off
  }

  /// What PSI does with bins that are empty on one side.
  package enum EmptyBins: Sendable, Hashable {
    /// Half a count is added to every bin of both samples.
    case half
    /// Shares are raised to this number, in (0, 0.1].
    case floor(Double)
  }

  /// An older job whose numbers are wanted.
  package enum PSICompatibility: String, Choice {
    /// The Python job of churn-mlops.
    case churnMLOps = "churn-mlops"
  }

  /// How Welch's and Student's tests take the variance.
  package enum Variance: String, Choice {
    /// One variance for each sample (Welch).
    case welch
    /// One variance for both (Student).
    case pooled
  }

  /// How p-values are adjusted over the features.
  package enum Adjustment: String, Choice {
    /// Holm: bounds the chance of any false alarm.
    case holm
    /// Benjamini and Hochberg: bounds the share of false alarms.
    case bh
    /// Not at all.
    case none
  }

  /// What the MMD test permutes.
  package enum PermutationUnit: String, Choice {
    /// Rows when there are few, blocks when there are many.
    case auto
    /// Single rows.
    case rows
    /// Blocks of rows.
    case blocks
  }

  /// The width of the MMD kernel.
  package enum Bandwidth: Sendable, Hashable {
    /// From the median distance of the pooled rows.
    case median
    /// This number, greater than 0.
    case sigma(Double)
  }

  /// How features are scaled before the MMD test.
  package enum Scaling: String, Choice {
    /// To mean 0 and standard deviation 1 over both samples.
    case pooled
    /// Not at all.
    case none
  }

  /// The arithmetic of the MMD kernel matrix.
  package enum Precision: String, Choice {
    /// 32 bits, sums in 64.
    case single
    /// 64 bits.
    case double
  }

  /// What becomes of a feature that the current data no longer has.
  package enum MissingFeatures: String, Choice {
    /// The status is FAIL.
    case fail
    /// It is a note.
    case ignore
  }

  /// How results or log lines are written.
  package enum TextFormat: String, Choice {
    /// For people.
    case text
    /// For programs.
    case json
  }

  /// When standard output is coloured.
  package enum ColorMode: String, Choice {
    /// On a terminal, unless NO_COLOR is set.
    case auto
    /// Always.
    case always
    /// Never.
    case never
  }

  /// The status from which the exit code is `ExitCode.drift`.
  package enum FailOn: String, Choice {
    /// FAIL.
    case fail
    /// WARN or FAIL.
    case warn
    /// None.
    case never
  }
}
