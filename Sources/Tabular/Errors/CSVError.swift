/// Why a CSV could not be read, and where.
package struct CSVError: Error, Sendable, Hashable {
  /// A column that a finding is about.
  package struct Column: Sendable, Hashable {
    /// Its number in the file, from 1.
    package var number: Int
    /// Its name, when the header was read already.
    package var name: String?

    /// A column by its number and, when known, its name.
    package init(number: Int, name: String?) {
      self.number = number
      self.name = name
    }
  }

  /// What kind of failure it is.
  package var code: Code
  /// The input, as the user named it.
  package var file: String
  /// The physical line, from 1; nil when the finding is about the whole input.
  package var line: Int?
  /// The column, when one is to blame.
  package var column: Column?
  /// Bytes of the input before the finding, where known.
  package var byteOffset: Int?
  /// What was found, what was expected and what to do.
  package var detail: String

  init(
    _ code: Code, file: String, line: Int? = nil, column: Column? = nil, byteOffset: Int? = nil,
    _ detail: String
  ) {
    self.code = code
    self.file = file
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
    self.detail = detail
  }
}

extension CSVError: CustomStringConvertible {
  /// One line: `file:line: column 3 ("tempo"): detail`, without the parts that are not known.
  package var description: String {
    var text = Excerpt.escaped(file)
    if let line { text += ":\(line)" }
    text += ": "
    if let column {
      text += "column \(column.number)"
      if let name = column.name { text += " (\(Excerpt.quoted(name)))" }
      text += ": "
    }
    return text + detail
  }
}
