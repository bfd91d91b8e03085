import Glibc

/// What a terminal makes of a program's output: a slow reader of the few sequences that a careful
/// program uses. Widths are those of the C library, which knows nothing of ours.
public struct TerminalScreen {
  /// The lines as they stand at last, without spaces at their ends.
  public private(set) var lines: [String] = []
  /// Every state of the last line that was written over or erased: what people saw in passing.
  public private(set) var passing: [String] = []
  /// Lines that did not fit and bytes that a terminal would act upon in another way.
  public private(set) var problems: [String] = []
  /// The columns of the widest line.
  public private(set) var widest = 0

  private let columns: Int
  private var cells: [(text: String, width: Int)] = []
  private var cursor = 0

  /// The screen of a terminal after some output.
  public init(_ bytes: some Sequence<UInt8>, columns: Int) {
    self.columns = columns
    take(Array(String(decoding: Array(bytes), as: UTF8.self).unicodeScalars))
    if !cells.isEmpty { endLine() }
  }

  /// The columns that a code point takes by the C library; nil for controls and what it does not
  /// know.
  public static func width(of scalars: some Sequence<Unicode.Scalar>) -> [Int?] {
    // wcwidth follows the locale of the thread.
    let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
    let before = uselocale(locale)
    defer {
      uselocale(before)
      freelocale(locale)
    }
    // Swift does not see its declaration.
    typealias Function = @convention(c) (wchar_t) -> Int32
    let wcwidth = dlsym(nil, "wcwidth").map { unsafeBitCast($0, to: Function.self) }
    return scalars.map { scalar in
      guard let width = wcwidth?(wchar_t(scalar.value)) else { return nil }
      return width < 0 ? nil : Int(width)
    }
  }

  private mutating func take(_ scalars: [Unicode.Scalar]) {
    let widths = Self.width(of: scalars)
    var place = 0
    var isJoined = false
    while place < scalars.count {
      let scalar = scalars[place]
      switch scalar {
      case "\r":
        if place + 1 == scalars.count || scalars[place + 1] != "\n" { notePassing() }
        cursor = 0
      case "\n": endLine()
      case "\u{1B}": place = sequence(scalars, place)
      default:
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
          problems.append("control \(scalar.value)")
        } else {
          put(scalar, isJoined ? 0 : widths[place] ?? 1)
          isJoined = scalar.value == 0x200D
        }
      }
      place += 1
    }
  }

  /// Acts on a sequence and gives the place of its end.
  private mutating func sequence(_ scalars: [Unicode.Scalar], _ begin: Int) -> Int {
    var end = begin + 1
    guard end < scalars.count, scalars[end] == "[" else {
      problems.append("a sequence that is no CSI")
      return begin
    }
    repeat { end += 1 } while end < scalars.count && !(0x40...0x7E).contains(scalars[end].value)
    guard end < scalars.count else { return end }
    switch scalars[end] {
    case "K": trim()
    case "m": break
    default: problems.append("CSI \(scalars[end])")
    }
    return end
  }

  /// Erases from the cursor to the end of the line.
  private mutating func trim() {
    var used = 0
    var kept = 0
    while kept < cells.count, used + cells[kept].width <= cursor, used < cursor {
      used += cells[kept].width
      kept += 1
    }
    cells.removeSubrange(kept...)
  }

  private mutating func put(_ scalar: Unicode.Scalar, _ width: Int) {
    var used = 0
    var index = 0
    while index < cells.count, used < cursor {
      used += cells[index].width
      index += 1
    }
    if width == 0 {
      if index > 0 { cells[index - 1].text.unicodeScalars.append(scalar) }
      return
    }
    let cell = (text: String(scalar), width: width)
    if index < cells.count { cells[index] = cell } else { cells.append(cell) }
    cursor += width
    widest = max(widest, cursor)
    if cursor > columns { problems.append("wider than \(columns): \(shown)") }
  }

  private var shown: String {
    var text = cells.map(\.text).joined()
    while text.last == " " { text.removeLast() }
    return text
  }

  private mutating func notePassing() {
    if !shown.isEmpty { passing.append(shown) }
  }

  private mutating func endLine() {
    lines.append(shown)
    cells = []
    cursor = 0
  }
}
