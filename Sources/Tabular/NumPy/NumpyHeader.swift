internal import Checked

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

  /// The most sizes that are shown: NumPy itself makes arrays of at most 64.
  private static let mostShown = 8

  /// The shape as Python writes it; only the first sizes of very many.
  var shapeText: String {
    let some = shape.prefix(Self.mostShown).map(String.init).joined(separator: ", ")
    let isCut = shape.count > Self.mostShown
    return "(" + some + (isCut ? ", ... of \(shape.count)" : shape.count == 1 ? "," : "") + ")"
  }
}

/// Reads the few Python literals there are in a header; blanks before each are skipped. What is no
/// such literal is not taken.
private struct LiteralParser {
  private var reader: ByteReader

  init(_ text: [UInt8]) {
    reader = ByteReader(text)
  }

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return reader.isAtEnd
    }
  }

  private mutating func skipBlanks() {
    _ = reader.take { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  /// Whether a word is next.
  mutating func isBefore(_ word: StaticString) -> Bool {
    skipBlanks()
    return reader.isBefore(word)
  }

  /// Takes a word if it is next.
  mutating func take(_ word: StaticString) -> Bool {
    skipBlanks()
    return reader.take(word)
  }

  /// Takes a string in single or double quotes, without escapes.
  mutating func string() -> String? {
    skipBlanks()
    return reader.attempt { reader in
      guard let quote = reader.byte(), [0x22, 0x27].contains(quote) else { return nil }
      let text = reader.take { $0 != quote }
      guard reader.byte() == quote, !text.contains(0x5C) else { return nil }
      return String(validating: text, as: UTF8.self)
    }
  }

  /// Takes a tuple of sizes, which Python 2 wrote with an `L`.
  mutating func tuple() -> [Int]? {
    guard take("(") else { return nil }
    var sizes: [Int] = []
    while !take(")") {
      skipBlanks()
      let digits = reader.take { (0x30...0x39).contains($0) }
      guard let size = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
      _ = take("L")
      sizes.append(size)
      guard take(",") || isBefore(")") else { return nil }
    }
    return sizes
  }

  /// Takes a list, with what is in it.
  mutating func skipList() -> Bool {
    guard isBefore("[") else { return false }
    var depth = 0
    while !isAtEnd {
      if string() != nil { continue }
      switch reader.byte() {
      case UInt8(ascii: "["), UInt8(ascii: "("): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: ")"): depth -= 1
      // A string that is none: where it ends cannot be known.
      case 0x22, 0x27: return false
      default: break
      }
      if depth == 0 { return true }
    }
    return false
  }
}
