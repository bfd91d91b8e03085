/// Configurations that can be read, of keys that there are and values that there may be: JSON, which is
/// YAML too.
enum ConfigurationFrame {
  private static let keys = [
    "alpha", "warn-alpha", "psi-bins", "psi-binning", "psi-zero", "psi-warn", "psi-fail",
    "psi-gate",
    "mean-shift-effect", "mean-shift-effect-warn", "permutations", "mmd-max-rows", "mmd-bandwidth",
    "seed", "threads", "memory-limit", "missing-values", "features", "exclude", "model",
    "delimiter",
    "no-mmd", "quiet", "output", "shard", "fail-on",
  ]
  private static let columnKeys = [
    "psi-edges", "psi-bins", "psi-warn", "psi-fail", "alpha", "warn-alpha", "kind", "ignore",
    "new-levels-warn", "new-levels-fail", "lost-levels-warn", "lost-levels-fail",
    "mean-shift-effect",
  ]

  /// The fuzzer's own text; where it begins as no text does, one that its bytes choose.
  static func text(_ input: [UInt8]) -> [UInt8] {
    guard let first = input.first, first >= 0xF8 else { return input }
    var bytes = FuzzBytes(Array(input.dropFirst()))
    var members = (0..<bytes.choice(4)).map { _ in member(keys, &bytes) }
    let columns = (0..<bytes.choice(4)).map { place in
      let own = (0..<bytes.choice(4)).map { _ in member(columnKeys, &bytes) }
      return "\(quoted("\(bytes.text())\(place)")): {\(own.joined(separator: ", "))}"
    }
    members.append("\"overrides\": {\(columns.joined(separator: ", "))}")
    return Array("{\(members.joined(separator: ", "))}".utf8)
  }

  private static func member(_ keys: [String], _ bytes: inout FuzzBytes) -> String {
    let key = bytes.one(of: keys)
    return "\(quoted(key)): \(bytes.choice(4) == 0 ? value(&bytes) : value(of: key, &bytes))"
  }

  /// A value of the kind that a key takes, so that what is done with it is reached.
  private static func value(of key: String, _ bytes: inout FuzzBytes) -> String {
    switch key {
    case "psi-edges":
      let edges = (0...bytes.choice(4)).map { _ in bytes.finite() }.sorted()
      return "[\(edges.map { "\($0)" }.joined(separator: ", "))]"
    case "psi-bins", "permutations", "mmd-max-rows", "seed", "threads": return "\(bytes.int())"
    case "kind": return quoted(bytes.one(of: ["numeric", "categorical"]))
    case "ignore", "no-mmd", "quiet": return bytes.bool() ? "true" : "false"
    case "features", "exclude", "missing-values":
      return "[\((0..<bytes.choice(4)).map { _ in quoted(bytes.text()) }.joined(separator: ", "))]"
    case "model", "output", "delimiter": return quoted(bytes.text())
    default: return "\(bytes.finite())"
    }
  }

  private static func value(_ bytes: inout FuzzBytes) -> String {
    switch bytes.choice(8) {
    case 0, 1: "\(bytes.finite())"
    case 2: "\(bytes.int())"
    case 3: bytes.bool() ? "true" : "false"
    case 4: quoted(bytes.text())
    case 5: quoted(bytes.one(of: ["numeric", "categorical", "auto", "1/2", "64M", "floor:0.1"]))
    case 6: "[\((0..<bytes.choice(4)).map { _ in "\(bytes.finite())" }.joined(separator: ", "))]"
    default: "[\((0..<bytes.choice(4)).map { _ in quoted(bytes.text()) }.joined(separator: ", "))]"
    }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}", "\u{2028}", "\u{2029}":
        "\\u"
          + String(repeating: "0", count: scalar.value < 0x10 ? 3 : scalar.value < 0x100 ? 2 : 0)
          + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
