import DriftCheckCore
import DriftKit
import Testing

@Suite struct HelpTextTests {
  @Test func isThisTextAtEightyColumns() {
    #expect(HelpText.full(width: 80) == Self.golden)
  }

  @Test(arguments: [60, 64, 80, 120, 200])
  func staysWithinItsWidth(_ width: Int) {
    let lines = HelpText.full(width: width).split(separator: "\n")
    // Usage lines are never broken.
    let tooLong = lines.filter {
      $0.count > width && !$0.hasPrefix("USAGE: ") && !$0.hasPrefix("       drift-check ")
    }
    #expect(tooLong.isEmpty)
  }

  @Test func aNarrowTerminalGetsTheLeastWidth() {
    #expect(HelpText.full(width: 1) == HelpText.full(width: 60))
  }

  @Test func everyFlagSaysWhatItIsFor() {
    for flag in CommandTable.current.flags { #expect(flag.help.hasSuffix("."), "\(flag.name)") }
  }

  @Test func namesAndShortNamesAreUnique() {
    let names = CommandTable.current.flags.map(\.name)
    let shorts = CommandTable.current.flags.compactMap(\.short)
    #expect(Set(names).count == names.count)
    #expect(Set(shorts).count == shorts.count)
  }

  static let golden = #"""
    OVERVIEW: Compare two tables and say whether the data drifted: PSI, Welch's
    t-test and an MMD permutation test.

    USAGE: drift-check [check] --baseline <file> ... --current <file> ... [options]
           drift-check profile <file> ... --output <file> [options]
           drift-check merge <profile> ... --output <file> [options]
           drift-check mmd-shard --baseline <file> ... --current <file> ... --shard <i/n> --output <file> [options]
           drift-check init <file> ... [options]

    INPUT OPTIONS:
      --baseline <file> ...   The data to compare with: one file, several partitions
                              of one table (or a pattern such as 'parts/*.csv'), or
                              '-'.
      --current <file> ...    The data to check: one file, several partitions of one
                              table (or a pattern), or '-'.
      --features <columns>    The columns to check, between commas ('\,' is a comma
                              in a name). Without it: all.
      --exclude <columns>     Columns to leave out.
      --categorical <columns> Columns to take as categorical.
      --numeric <columns>     Columns to take as numeric.
      --missing-values <words>
                              Cells that mean "missing", beside the empty one, in
                              place of these; with '+' before the first, besides
                              them. (default:
                              NA,N/A,n/a,NaN,nan,NAN,-NaN,-nan,null,NULL,Null,None,
                              <NA>,#N/A,#NA,NaT,\N,(null))
      --time-features <parts> Parts of dates and times, in UTC, to compare as
                              categories, such as created_at.weekday: hour, weekday,
                              month.
      --missing-features <rule>
                              What a feature that the current data lacks is: FAIL,
                              or a note. (values: fail, ignore; default: fail)
      --delimiter <byte>      The byte between two cells, '\t', or one of comma,
                              semicolon, tab, pipe, space; 'auto' finds comma,
                              semicolon, tab or pipe in each file. (default: auto)
      --decimal <sign>        What stands before the fraction of a number. (values:
                              point, comma; default: point)
      --thousands <sign>      What may stand between groups of three digits: one
                              character, 'none', or one of comma, point, space,
                              apostrophe, underscore. Without it: nothing.
      --comment <byte>        Skip lines that begin with this byte, such as '#'.
      --skip-rows <n>         Skip so many lines before the header, in each file.
                              (default: 0)
      --encoding <name>       The encoding of text, such as windows-1252, latin1 or
                              Shift_JIS: any name that 'iconv -l' lists. Without it:
                              UTF-8, or what a byte order mark says.

    POPULATION STABILITY INDEX (PSI) OPTIONS:
      --psi-bins <n>          How many bins a numeric feature gets. (default: 10)
      --psi-binning <kind>    Bins at the baseline's quantiles, or of equal width.
                              (values: quantile, uniform; default: quantile)
      --psi-missing <rule>    Whether missing cells get a bin or are left out.
                              (values: bin, exclude; default: bin)
      --psi-zero <rule>       What to do when a bin is empty on one side: 'half'
                              adds half a count to every bin, 'floor:EPS' raises
                              shares to EPS. (default: half)
      --psi-warn <x>          PSI from which a feature is WARN. (default: 0.1)
      --psi-fail <x>          PSI from which a feature is FAIL. (default: 0.25)
      --psi-gate <switch>     Whether a PSI that chance explains (p not small) stays
                              OK. (values: on, off; default: on)
      --psi-compat <job>      Give the numbers and the verdict of an older job.
                              (values: churn-mlops)

    MEAN SHIFT OPTIONS:
      --mean-shift-variance <kind>
                              Welch's t-test, or Student's with a pooled variance.
                              (values: welch, pooled; default: welch)
      --adjust <method>       How p-values (PSI and mean shift) are adjusted over
                              the features. (values: holm, bh, none; default: holm)
      --mean-shift-effect-warn <g>
                              Standardised difference from which a shift is WARN.
                              (default: 0.1)
      --mean-shift-effect <g> Standardised difference from which a shift is FAIL.
                              (default: 0.25)

    MAXIMUM MEAN DISCREPANCY (MMD) OPTIONS:
      --permutations <n>      How many permutations. (default: 999)
      --permutation-unit <unit>
                              What is permuted; auto is rows below 2,000 rows in
                              all, else blocks. (values: auto, rows, blocks;
                              default: auto)
      --mmd-max-rows <n>      The most rows of a side that take part; more are
                              sampled by the seed. (default: 20000)
      --mmd-kernels <rule>    Four kernels, from narrow to wide, or one by the
                              median distance rule. (values: ladder, median;
                              default: ladder)
      --mmd-bandwidth <sigma> One kernel of this width: a number, or 'median' for
                              the median distance rule.
      --mmd-scale <rule>      Features by their ranks over both sides, by mean and
                              deviation, or as they are. (values: ranks, pooled,
                              none; default: ranks)
      --mmd-precision <kind>  The kernel matrix's arithmetic. (values: single,
                              double; default: single)
      --mmd-sums <file> ...   The sums of all shards (or a pattern such as
                              'sums/*'), as 'mmd-shard' wrote them, to make the test
                              of. The report is that of one process.
      --no-mmd                Leave the MMD test out, and the change of dependence.
      --mmd-effect-warn <x>   Separability of the rows of both sides (0.5: none)
                              from which MMD is WARN. (default: 0.52)
      --mmd-effect <x>        Separability of the rows of both sides (0.5: none)
                              from which MMD is FAIL. (default: 0.55)
      --no-dependence         Leave the change of dependence (correlations) out.
      --dependence-max-features <n>
                              The most features whose correlations are compared.
                              (default: 300)
      --dependence-warn <r>   Change of a correlation of two features from which
                              dependence is WARN. (default: 0.1)
      --dependence-fail <r>   Change of a correlation of two features from which
                              dependence is FAIL. (default: 0.2)

    VERDICT OPTIONS:
      --alpha <p>             The significance level of FAIL. (default: 0.01)
      --warn-alpha <p>        The significance level of WARN. (default: 0.05)
      --new-levels-warn <x>   Share of rows with new levels, beyond the expected,
                              from which a feature is WARN. (default: 0.02)
      --new-levels-fail <x>   Share of rows with new levels, beyond the expected,
                              from which a feature is FAIL. (default: 0.1)
      --lost-levels-warn <x>  Share of baseline rows with lost levels, beyond the
                              expected, from which a feature is WARN. (default:
                              0.02)
      --lost-levels-fail <x>  Share of baseline rows with lost levels, beyond the
                              expected, from which a feature is FAIL. (default: 0.1)
      --distance-warn <x>     Share of rows that moved from which a feature is WARN.
                              (default: 0.05)
      --distance-fail <x>     Share of rows that moved from which a feature is FAIL.
                              (default: 0.1)
      --missing-warn <x>      Change of the share of missing or invalid cells from
                              which a feature is WARN. (default: 0.02)
      --missing-fail <x>      Change of the share of missing or invalid cells from
                              which a feature is FAIL. (default: 0.1)
      --min-rows <n>          Fewer rows on a side are WARN: too few to find drift.
                              (default: 30)
      --rows-ratio-warn <low,high>
                              Current rows for each baseline row, outside of which
                              there is WARN. (default: off)
      --rows-ratio-fail <low,high>
                              Current rows for each baseline row, outside of which
                              there is FAIL. (default: off)
      --gate <columns>        The features that decide the status and the exit code,
                              between commas; the others are shown. Without it: all.
      --importance <file>     What the model makes of its features: CSV
                              (feature,weight) or JSON ({"feature": weight}). Those
                              that hold less than 5 % together do not gate unless
                              --gate names them.
      --fail-on <status>      Which status ends with exit code 2. (values: fail,
                              warn, never; default: fail)

    OUTPUT OPTIONS:
      --output <file>         The JSON report; written whole or not at all.
                              (default: data_drift_latest.json)
      --html <file>           Also write the report as one page for people, with
                              pictures.
      --model <name>          The model's name, for the report.
      --format <format>       What standard output shows: a table, or the report
                              itself. (values: text, json; default: text)
      -q, --quiet             Print no results; use the exit code.
      --no-progress           Show no progress bar.
      --color <when>          When standard output is coloured. (values: auto,
                              always, never; default: auto)
      --log-format <format>   How log lines on standard error are written. (values:
                              text, json; default: text)
      --termination-log <file>
                              Where the verdict goes too, cut to 4,096 bytes.
                              Without it: /dev/termination-log when that is there.

    METRICS OPTIONS:
      --metrics-file <file>   Where metrics are written, as text of OpenMetrics;
                              whole or not at all.
      --pushgateway <url>     The Pushgateway that gets the metrics, in a group of
                              job, namespace (POD_NAMESPACE) and model. A push that
                              fails does not change the exit code.
      --push-required         End with exit code 75 when the push fails.
      --push-basic-auth-file <file>
                              A file with 'user:password' for the Pushgateway.
      --push-bearer-token-file <file>
                              A file with a bearer token for the Pushgateway.
      --push-ca-file <file>   The certificates to trust instead of the system's, in
                              PEM form.
      --trustyai-metrics      Add the gauge 'trustyai_meanshift', with the p-values
                              of the mean shift.

    PROFILE OPTIONS:
      --no-rows               Keep no rows, for data that may not travel; the MMD
                              test is left out then.
      --edges-from <profile>  Count rows by the bins of this profile, as of the
                              baseline, in one pass.
      --shard <i/n>           Profile every n-th file, from the i-th (from 0) on; of
                              'mmd-shard': the i-th of n parts of the sums. 'n'
                              alone takes i from JOB_COMPLETION_INDEX, which
                              Kubernetes sets in Indexed Jobs.

    OPTIONS:
      --threads <n>           How many threads to use. Without it:
                              DRIFT_CHECK_THREADS, else the CPU quota of the
                              container, else the processors. The result does not
                              depend on it.
      --memory-limit <size>   How much memory to use, as '512M' or '2Gi'. Quantiles
                              of columns that do not fit come from a sketch. Without
                              it: three quarters of the container's memory, else of
                              the machine's.
      --seed <n>              The seed of everything random; the same seed gives the
                              same report. (default: 0)
      --config <file>         Take settings from a file of YAML, or of JSON
                              ('.json'): every long option is a key, and 'overrides'
                              has those of single columns. Options and variables win
                              over it.
      --print-config          Print the settings in force, as a file for '--config',
                              and where each comes from; check nothing.
      --generate-completion-script [<shell>]
                              Print a completion script. Without a value: for the
                              shell of SHELL. (values: bash, zsh, fish)
      --generate-man-page     Print the manual page, in the form that man(1) reads.
      --version               Show the version.
      -h, --help              Show help information.

    ENVIRONMENT:
      DRIFT_CHECK_...         The value of an option that is not given, as
                              DRIFT_CHECK_PSI_WARN of '--psi-warn'; 'true' or
                              'false' where it takes no value.
      DRIFT_KERNELS           The instructions of the inner loops: 'portable',
                              'avx2' or 'avx512'. Without it: the best that the
                              processor has. The result does not depend on it.
      DRIFT_PERMUTATION_SUMS  How permutations of rows are summed: 'lookup', or the
                              slower 'product'. The result does not depend on it.
      JOB_COMPLETION_INDEX    Which shard this is, for '--shard n'.
      POD_NAMESPACE           The namespace of the pushed metrics.
      SOURCE_DATE_EPOCH       The report's time, in seconds since 1970, for
                              reproducible bytes.
      NO_COLOR                Not empty: no colour unless '--color always'.
      CLICOLOR_FORCE          Not empty and not 0: colour where standard output is
                              no terminal, unless NO_COLOR says no.
      COLUMNS                 The width of the help, and of the table on a terminal
                              that has so many.
      LC_ALL, LC_CTYPE, LANG  With UTF-8: bars of blocks on a terminal instead of
                              '#'.

    EXIT CODES:
      0                       Checked: OK or WARN.
      2                       Checked: FAIL, the data drifted (or what '--fail-on'
                              says). Nothing else ends with 2.
      64                      Wrong usage.
      65                      Bad input data.
      66                      An input is missing or unreadable.
      70                      A bug in this program.
      73                      The report cannot be created.
      74                      An input or output error.
      75                      A failure that may pass; try again.
      78                      Bad configuration.
      129, 130, 143           Hung up, interrupted or terminated; no partial file is
                              left.

    """#
}
