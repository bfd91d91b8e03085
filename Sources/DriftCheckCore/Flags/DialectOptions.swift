/// How tables of text are written, beside their delimiter.
package struct DialectOptions: Sendable, Equatable {
  /// What stands before the fraction of a number.
  package enum Decimal: String, Sendable, Hashable, CaseIterable {
    /// As in 1.5.
    case point
    /// As in 1,5.
    case comma
  }

  /// What stands before the fraction of a number.
  package var decimal = Decimal.point
  /// What may stand between groups of three digits: these characters; empty for nothing.
  package var thousands: [String] = []
  /// The byte that comment lines begin with; nil for none.
  package var comment: UInt8?
  /// Lines before the header that are skipped.
  package var skippedRows = 0
  /// The encoding of texts without a byte order mark; nil for UTF-8.
  package var encoding: String?

  /// A point, and nothing else.
  package init() {}
}
