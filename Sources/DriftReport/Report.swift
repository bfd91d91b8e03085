package import DriftKit

/// A check as it is reported: what was found, and what it was found with.
package struct Report: Sendable, Hashable {
  /// What was compared, and with which settings.
  package struct Context: Sendable, Hashable {
    /// The baseline's path as given.
    package var baseline: String
    /// The current data's path as given.
    package var current: String
    /// When the check was made: RFC 3339, UTC.
    package var generatedAt: String
    /// The program's version.
    package var version: String
    /// The model's name.
    package var model: String?
    package var seed: UInt64
    package var alpha: Double
    package var warnAlpha: Double
    /// What was checked, how, and when it matters.
    package var configuration: DriftConfiguration
    /// What a user calls the limit of memory.
    package var memoryLimitName: String

    package init(
      baseline: String, current: String, generatedAt: String, version: String, model: String?,
      seed: UInt64, alpha: Double, warnAlpha: Double, configuration: DriftConfiguration = .init(),
      memoryLimitName: String = "the memory limit"
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
      self.memoryLimitName = memoryLimitName
    }
  }

  package let result: DriftResult
  package let context: Context

  package init(_ result: DriftResult, context: Context) {
    self.result = result
    self.context = context
  }
}
