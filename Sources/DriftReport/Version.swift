/// The version of this program.
package enum Version {
  /// What `--version` prints and what the report names.
  package static let current = "0.1.0"
}
