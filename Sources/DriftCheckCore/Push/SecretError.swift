internal import DriftReport

/// A file of credentials that cannot be used.
struct SecretError: Error, CustomStringConvertible {
  let path: String
  let detail: String

  var description: String { "\(PlainText.neutralised(path)): \(detail)" }
}
