internal import Glibc

private let quote = UInt8(ascii: "\"")
private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

/// Empties the lines of a CSV that begin with a certain byte: what is left of each is its line break, so
/// that lines keep their numbers. A line within a quoted cell is no comment.
struct CommentFilter: Sendable {
  private enum State { case recordStart, comment, cellStart, unquoted, quoted, quoteInQuoted }

  /// The byte that comments begin with.
  let byte: UInt8
  let delimiter: UInt8
  private var state = State.recordStart

  /// The comments of a text with some delimiter, from the beginning of a line on.
  init(_ byte: UInt8, delimiter: UInt8) {
    self.byte = byte
    self.delimiter = delimiter
  }

  /// Takes the comments out of the next bytes, in place.
  ///
  /// - Returns: How many bytes are left.
  mutating func apply(_ bytes: UnsafeMutableRawBufferPointer) -> Int {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    let count = bytes.count
    var next = 0
    var written = 0
    while next < count {
      if state == .recordStart, base[next] != byte {
        let length = plainLine(base + next, count - next)
        if length > 0 {
          if written != next { memmove(base + written, base + next, length) }
          next += length
          written += length
          continue
        }
      }
      let current = base[next]
      next += 1
      if take(current) {
        base[written] = current
        written += 1
      }
    }
    return written
  }

  /// The bytes of a whole line without quotes and CR; 0 when it is another one.
  private func plainLine(_ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
    guard let end = memchr(base, Int32(lineFeed), count) else { return 0 }
    let length = UnsafeRawPointer(end) - UnsafeRawPointer(base)
    let isPlain =
      memchr(base, Int32(quote), length) == nil
      && memchr(base, Int32(carriageReturn), length) == nil
    return isPlain ? length + 1 : 0
  }

  /// Whether a byte belongs to the text.
  private mutating func take(_ current: UInt8) -> Bool {
    let isBreak = current == lineFeed || current == carriageReturn
    switch state {
    case .comment:
      if isBreak { state = .recordStart }
      return isBreak
    case .recordStart where current == byte:
      state = .comment
      return false
    case .quoted:
      if current == quote { state = .quoteInQuoted }
    case .quoteInQuoted where current == quote:
      state = .quoted
    case .recordStart, .cellStart, .unquoted, .quoteInQuoted:
      if isBreak {
        state = .recordStart
      } else if current == delimiter {
        state = .cellStart
      } else if current == quote && (state == .recordStart || state == .cellStart) {
        state = .quoted
      } else if current == UInt8(ascii: " ") || current == UInt8(ascii: "\t"),
        state != .unquoted, state != .quoteInQuoted
      {
        state = .cellStart
      } else if state != .quoteInQuoted {
        state = .unquoted
      }
    }
    return true
  }
}
