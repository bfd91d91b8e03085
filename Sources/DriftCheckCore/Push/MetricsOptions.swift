/// Where the metrics of a run are to go, and how.
package struct MetricsOptions: Sendable, Hashable {
  /// Where they are written; nil for nowhere.
  package var file: String?
  /// The Pushgateway that gets them; nil for none.
  package var pushgateway: String?
  /// Whether a push that fails ends with exit code 75.
  package var isPushRequired = false
  /// The file with "user:password" for the Pushgateway.
  package var basicAuthFile: String?
  /// The file with a bearer token for the Pushgateway.
  package var bearerTokenFile: String?
  /// The file with the certificates to trust instead of the system's.
  package var authorities: String?
  /// Whether TrustyAI's gauge of mean shifts is among them.
  package var includesTrustyAI = false

  /// The defaults: no metrics.
  package init() {}

  /// The files that are read.
  var inputs: [String] { [basicAuthFile, bearerTokenFile, authorities].compactMap { $0 } }
}
