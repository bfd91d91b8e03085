internal import CPush

/// A Pushgateway and the group of metrics that a run replaces there.
package struct PushTarget: Sendable, Equatable {
  /// How the program says who it is.
  package enum Credentials: Sendable, Equatable {
    case basic(String)
    case bearer(String)
  }

  /// The address of the group, with nothing secret in it.
  package let url: String
  let credentials: Credentials?
  let authorities: String?

  /// - Parameters:
  ///   - gateway: The gateway's address, as `--pushgateway` has it.
  ///   - namespace: The namespace of the group; nil or empty for none.
  ///   - model: The model of the group; nil for none.
  ///   - credentials: What to show to the gateway.
  ///   - authorities: The file of the certificates to trust instead of the system's.
  package init(
    gateway: String, namespace: String?, model: String?, credentials: Credentials? = nil,
    authorities: String? = nil
  ) {
    var url = gateway
    while url.utf8.last == UInt8(ascii: "/") { url.removeLast() }
    url += "/metrics/job/drift-check"
    for (label, value) in [("namespace", namespace), ("model", model)] {
      guard let value, !value.isEmpty else { continue }
      url += "/" + Self.segment(label, value)
    }
    self.url = url
    self.credentials = credentials
    self.authorities = authorities
  }

  /// A label and its value as parts of the path; in base64 where the value would be read as
  /// something else.
  private static func segment(_ label: String, _ value: String) -> String {
    let isPlain = value.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    // A part of dots alone would be taken for a way up the path.
    let isDots = value.utf8.allSatisfy { $0 == UInt8(ascii: ".") }
    let encoded = String(decoding: Base64.encode(value.utf8, .url), as: UTF8.self)
    return isPlain && !isDots ? "\(label)/\(value)" : "\(label)@base64/\(encoded)"
  }
}
