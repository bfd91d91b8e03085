/// What the header of a `.npy` file says (NumPy's documentation, `numpy.lib.format`): a Python
/// dictionary of three keys.
struct NumpyHeader: Sendable {
  /// The type of the numbers: a text such as `<f8`; nil for a list of fields.
  let descr: String?
  /// The columns, not the rows, lie one after the other.
  let isFortran: Bool
  /// The sizes of the dimensions.
  let shape: [Int]

  /// Reads a dictionary as `numpy.save` writes it; nil when it is none, or not of these keys.
  init?(_ text: [UInt8]) {
    var parser = LiteralParser(text)
    var descr: String??
    var isFortran: Bool?
    var shape: [Int]?
    guard parser.take("{") else { return nil }
    while !parser.take("}") {
      guard let key = parser.string(), parser.take(":") else { return nil }
      switch key {
      case "descr" where descr == nil:
        if let text = parser.string() {
          descr = .some(text)
        } else {
          guard parser.skipList() else { return nil }
          descr = .some(nil)
        }
      case "fortran_order" where isFortran == nil:
        if parser.take("True") {
          isFortran = true
        } else {
          guard parser.take("False") else { return nil }
          isFortran = false
        }
      case "shape" where shape == nil:
        guard let sizes = parser.tuple() else { return nil }
        shape = sizes
      default:
        return nil
      }
      guard parser.take(",") || parser.isBefore("}") else { return nil }
    }
    guard let descr, let isFortran, let shape, parser.isAtEnd else { return nil }
    self.descr = descr
    self.isFortran = isFortran
    self.shape = shape
  }

  /// The shape as Python writes it.
  var shapeText: String {
    "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
  }
}

/// Reads the few Python literals there are in a header; blanks before each are skipped.
private struct LiteralParser {
  private let text: [UInt8]
  private var next = 0

  init(_ text: [UInt8]) {
    self.text = text
  }

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return next == text.count
    }
  }

  private mutating func skipBlanks() {
    while next < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[next]) { next += 1 }
  }

  /// Whether a word is next.
  mutating func isBefore(_ word: StaticString) -> Bool {
    skipBlanks()
    return word.withUTF8Buffer { text[next...].starts(with: $0) }
  }

  /// Takes a word if it is next.
  mutating func take(_ word: StaticString) -> Bool {
    guard isBefore(word) else { return false }
    next += word.utf8CodeUnitCount
    return true
  }

  /// Takes a string in single or double quotes, without escapes.
  mutating func string() -> String? {
    skipBlanks()
    guard next < text.count, [0x22, 0x27].contains(text[next]) else { return nil }
    let rest = text[(next + 1)...]
    guard let end = rest.firstIndex(of: text[next]), !rest[..<end].contains(0x5C) else {
      return nil
    }
    let string = String(validating: rest[..<end], as: UTF8.self)
    next = end + 1
    return string
  }

  /// Takes a tuple of sizes, which Python 2 wrote with an `L`.
  mutating func tuple() -> [Int]? {
    guard take("(") else { return nil }
    var sizes: [Int] = []
    while !take(")") {
      skipBlanks()
      let digits = text[next...].prefix { (0x30...0x39).contains($0) }
      guard let size = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
      next = digits.endIndex
      _ = take("L")
      sizes.append(size)
      guard take(",") || isBefore(")") else { return nil }
    }
    return sizes
  }

  /// Skips a list, with what is in it.
  mutating func skipList() -> Bool {
    guard isBefore("[") else { return false }
    var depth = 0
    while !isAtEnd {
      if string() != nil { continue }
      switch text[next] {
      case UInt8(ascii: "["), UInt8(ascii: "("): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: ")"): depth -= 1
      default: break
      }
      next += 1
      if depth == 0 { return true }
    }
    return false
  }
}
