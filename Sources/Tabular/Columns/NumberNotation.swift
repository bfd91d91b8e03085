/// How numbers are written: what stands before the fraction, and between groups of digits.
package struct NumberNotation: Sendable, Hashable {
  /// The byte before the fraction: a point or a comma.
  package var point = UInt8(ascii: ".")
  /// What may stand between groups of three digits, in UTF-8; one of these, the same in a number. Empty
  /// where digits are not grouped.
  package var separators: [[UInt8]] = []

  /// A point, and no groups.
  package init() {}

  /// Another notation.
  package init(point: UInt8, separators: [[UInt8]]) {
    self.point = point
    self.separators = separators
  }

  /// A point, and no groups: what the short cuts read.
  package var isPlain: Bool { point == UInt8(ascii: ".") && separators.isEmpty }

  /// The single bytes that numbers are written with, and that could be delimiters.
  var asciiBytes: [UInt8] { [point] + separators.filter { $0.count == 1 }.map { $0[0] } }

  /// The number that all of these bytes spell; nil when they spell none.
  package func parse(_ bytes: [UInt8]) -> Double? {
    let value = bytes.withUnsafeBufferPointer { parse($0) }
    return value.isNaN ? nil : value
  }

  /// The number that all of these bytes spell; NaN when they spell none.
  @inline(__always)
  func parse(_ cell: UnsafeBufferPointer<UInt8>) -> Double {
    isPlain ? NumberParser.parse(cell) : parseOther(cell)
  }

  /// A number with another point, or groups: written anew, then read.
  @inline(never)
  private func parseOther(_ cell: UnsafeBufferPointer<UInt8>) -> Double {
    guard cell.count <= Self.longest else { return .nan }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: cell.count) { plain in
      guard let count = rewrite(cell, into: plain) else { return .nan }
      return NumberParser.parse(UnsafeBufferPointer(rebasing: plain[..<count]))
    }
  }

  /// Writes a number with a point and without groups; nil for a text that has others.
  private func rewrite(
    _ cell: UnsafeBufferPointer<UInt8>, into plain: UnsafeMutableBufferPointer<UInt8>
  ) -> Int? {
    var written = 0
    var next = 0
    // Digits since the last separator, or the sign.
    var digits = 0
    var groups = 0
    var separator: [UInt8]?
    var isWhole = true
    while next < cell.count {
      let byte = cell[next]
      if byte == UInt8(ascii: "."), point != byte, !isSeparator(byte) { return nil }
      if isWhole, let found = separators.first(where: { starts(cell, next, with: $0) }) {
        guard separator == nil || separator == found, digits >= 1,
          groups == 0 ? digits <= 3 : digits == 3
        else { return nil }
        separator = found
        groups += 1
        digits = 0
        next += found.count
        continue
      }
      let isDigit = byte &- UInt8(ascii: "0") <= 9
      if isDigit {
        digits += 1
      } else if isWhole, !isSign(byte) || digits > 0 || groups > 0 {
        // The whole part ends: with a point, an exponent, or what is no number.
        guard groups == 0 || digits == 3 else { return nil }
        isWhole = false
      }
      plain[written] = byte == point ? UInt8(ascii: ".") : byte
      written += 1
      next += 1
    }
    return groups > 0 && isWhole && digits != 3 ? nil : written
  }

  private func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
  }

  private func isSeparator(_ byte: UInt8) -> Bool { separators.contains([byte]) }

  private func starts(
    _ cell: UnsafeBufferPointer<UInt8>, _ place: Int, with bytes: [UInt8]
  ) -> Bool {
    cell.count - place >= bytes.count && bytes.indices.allSatisfy { cell[place + $0] == bytes[$0] }
  }

  /// The longest text that is looked at; the longest number that matters has 1,100 digits.
  private static let longest = 4096
}
