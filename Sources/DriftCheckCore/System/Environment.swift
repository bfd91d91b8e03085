import Glibc

/// Where environment variables are looked up: the process's own, or a made set in tests.
package struct Environment: Sendable {
  private let lookup: @Sendable (String) -> String?

  /// A set of variables of one's own.
  package init(_ variables: [String: String]) {
    lookup = { variables[$0] }
  }

  private init(lookup: @escaping @Sendable (String) -> String?) {
    self.lookup = lookup
  }

  /// The variables of this process.
  package static let process = Environment(lookup: { name in
    getenv(name).map { String(cString: $0) }
  })

  /// The value of the variable `name`; nil when it is not set.
  package subscript(name: String) -> String? { lookup(name) }

  /// The value of the variable `name`; nil when it is not set or empty.
  package func nonEmpty(_ name: String) -> String? {
    guard let value = self[name], !value.isEmpty else { return nil }
    return value
  }
}
