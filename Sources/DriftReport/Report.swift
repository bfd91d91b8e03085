public import DriftDetection

/// A check as it is reported: what was found, and what it was found with.
///
/// ```
/// let report = Report(result)
/// print(report.json)
/// ```
public struct Report: Sendable, Hashable {
  /// What was compared, when, and with which settings.
  public struct Context: Sendable, Hashable {
    /// The name of the baseline: its path as given.
    public var baseline: String
    /// The name of the current data: their path as given.
    public var current: String
    /// When the check was made: RFC 3339, UTC.
    package var generatedAt: String
    /// The program's version.
    package var version: String
    /// The model's name; nil for none.
    public var model: String?
    /// When the check ended, in seconds since 1970; nil for now.
    package var end: Int64?
    /// How long the check took; nil when that is not known.
    public var duration: Duration?
    package var seed: UInt64
    package var alpha: Double
    package var warnAlpha: Double
    /// What was checked, how, and when it matters.
    package var configuration: DriftConfiguration
    /// What a user calls the settings that are advised.
    package var words: ProgramWords
    /// What a user calls the limit of memory.
    package var memoryLimitName: String { words.memoryLimit }
    /// The files that were read; empty where there were none.
    package var inputs: [Input] = []

    package init(
      baseline: String, current: String, generatedAt: String, version: String, model: String?,
      seed: UInt64, alpha: Double, warnAlpha: Double, configuration: DriftConfiguration = .init(),
      words: ProgramWords = ProgramWords()
    ) {
      self.baseline = baseline
      self.current = current
      self.generatedAt = generatedAt
      self.version = version
      self.model = model
      self.seed = seed
      self.alpha = alpha
      self.warnAlpha = warnAlpha
      self.configuration = configuration
      self.words = words
    }
  }

  /// What was found.
  public let result: DriftResult
  /// What it was found with.
  public package(set) var context: Context

  /// A report.
  ///
  /// - Parameters:
  ///   - result: What was found.
  ///   - context: What it was found with.
  public init(_ result: DriftResult, context: Context = Context()) {
    self.result = result
    self.context = context
  }
}
