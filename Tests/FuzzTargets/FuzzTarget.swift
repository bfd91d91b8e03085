/// A part of the product that takes bytes from outside, and what must hold whatever they are.
package struct FuzzTarget: Sendable {
  /// Its name, and that of its folder of kept inputs.
  package let name: String
  /// The longest input worth trying.
  package let mostBytes: Int
  /// Tries an input: leaves nothing behind and does the same each time.
  package let run: @Sendable ([UInt8]) throws -> Void

  /// All of them.
  package static let all = [
    csv, arrays, compressed, profiles, sums, yaml, json, reports,
  ]
}

/// Something that must never be.
package struct FuzzViolation: Error, CustomStringConvertible {
  /// What was found, and what was expected.
  package let description: String

  init(_ description: String) { self.description = description }

  /// Checks what must hold.
  static func require(_ holds: Bool, _ message: @autoclosure () -> String) throws(FuzzViolation) {
    guard holds else { throw FuzzViolation(message()) }
  }
}
