/// How the text of one input is written: what was found in its first bytes, and what was asked for.
package struct TextDialect: Sendable, Hashable {
  /// The delimiters that are looked for where none is given, in the order of preference.
  package static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

  /// The byte between two cells.
  package var delimiter: UInt8
  /// The byte that comment lines begin with; nil where none are looked for.
  var comment: UInt8?
  /// Bytes of the content before the header's line, or the comments before it.
  var begin = 0
  /// The physical line there.
  var firstLine = 1

  init(delimiter: UInt8, comment: UInt8? = nil) {
    self.delimiter = delimiter
    self.comment = comment
  }

  /// Goes to where the header's line begins, and leaves out comments from there on: what is read then
  /// is what was read the first time.
  func begin(
    _ source: inout ByteSource, using space: UnsafeMutableRawBufferPointer
  ) throws(CSVError) {
    guard let comment, try source.skip(to: begin, using: space) else { return }
    source.leaveOut(CommentFilter(comment, delimiter: delimiter))
  }

  /// The name by which messages call a delimiter, which the flag for it takes too.
  package static func name(_ delimiter: UInt8) -> String {
    switch delimiter {
    case 0x2C: "comma"
    case 0x3B: "semicolon"
    case 0x09: "tab"
    case 0x7C: "pipe"
    case 0x20: "space"
    default: "'\(Excerpt.escaped(String(decoding: [delimiter], as: UTF8.self)))'"
    }
  }
}
