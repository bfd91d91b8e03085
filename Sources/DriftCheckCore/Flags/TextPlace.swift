internal import DriftReport

/// A place in a configuration file.
package struct TextPlace: Sendable, Hashable, CustomStringConvertible {
  /// The file as the user gave it.
  package let file: String
  /// The line, from 1.
  package let line: Int
  /// The column, from 1, in Unicode characters.
  package let column: Int

  /// A place in a file.
  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `drift.yaml:3:11`, as editors and compilers write it.
  package var description: String { "\(PlainText.neutralised(file)):\(line):\(column)" }
}
