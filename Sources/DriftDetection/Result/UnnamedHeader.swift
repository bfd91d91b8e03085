/// Names that may be the first row of a table without a header.
package enum UnnamedHeader {
  /// Whether all names are numbers, and not just the numbers of the columns.
  package static func isLikely(_ names: [String]) -> Bool {
    guard !names.isEmpty, names.allSatisfy(isNumber) else { return false }
    let first = names[0] == "0" ? 0 : 1
    let isCounted = names.enumerated().allSatisfy { $1 == "\(first + $0)" }
    return !isCounted
  }

  /// Whether a name is a decimal number.
  package static func isNumber(_ name: String) -> Bool {
    let isPlain = name.utf8.allSatisfy { byte in
      "+-.eE".utf8.contains(byte) || byte &- UInt8(ascii: "0") <= 9
    }
    return isPlain && Double(name) != nil
  }
}
