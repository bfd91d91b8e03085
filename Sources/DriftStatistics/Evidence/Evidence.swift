/// What tests of one feature say together.
package enum Evidence {
  /// The smallest of some p-values, times how many there are: that of all of them; nil for none.
  package static func pValue(of tests: Double?...) -> Double? {
    let made = tests.compactMap { $0 }
    return made.min().map { min(1, Double(made.count) * $0) }
  }
}
