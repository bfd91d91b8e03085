/// How many columns of a terminal a text takes.
///
/// Letters of East Asia and emoji take two, marks that combine with the letter before them none.
/// Terminals differ in how they show sequences of emoji; a sequence that is joined counts as one
/// picture here, as in `wcwidth` of jquast and in the terminals that follow Unicode 15 or later.
///
/// Of single code points terminals differ about a few dozen. There the larger width counts, which is
/// that of the C library: a line that ends a column early does no harm, one that is too long breaks.
package enum DisplayWidth {
  /// The columns of a text without control characters.
  package static func of(_ text: String) -> Int {
    var isPlain = true
    var count = 0
    for byte in text.utf8 {
      isPlain = isPlain && byte < 0x80
      count += 1
    }
    return isPlain ? count : text.reduce(0) { $0 + of($1) }
  }

  /// The columns of a character: what a person sees as one.
  package static func of(_ character: Character) -> Int {
    var width = 0
    var isJoined = false
    for scalar in character.unicodeScalars {
      switch scalar.value {
      case 0x200D:
        // What follows the joiner is part of the same picture.
        isJoined = width > 0
      case 0xFE0F:
        // Asks for the picture of what is otherwise a sign.
        width = width == 1 ? 2 : width
      case 0x1F3FB...0x1F3FF where width > 0: continue
      case 0x1F1E6...0x1F1FF where width > 0: continue  // the second half of a flag
      default:
        if !isJoined { width += of(scalar) }
        isJoined = false
      }
    }
    return width
  }

  /// The columns of a code point alone.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    // The smallest code point that does not take one column is a mark.
    guard value >= 0x300 else { return 1 }
    // Vowels and final consonants of Korean syllables join the consonant before them.
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    case .format: return isPrepended(value) ? 1 : 0
    default: return isWide(value) ? 2 : 1
    }
  }

  /// Format characters that are seen: signs over or under the digits behind them
  /// (Prepended_Concatenation_Mark in `PropList.txt`).
  private static func isPrepended(_ value: UInt32) -> Bool {
    switch value {
    case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890...0x0891, 0x08E2, 0x110BD, 0x110CD: true
    default: false
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= wide[0].lowerBound else { return false }
    // The last range that begins at or before the value.
    var (low, high) = (0, wide.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if wide[middle].lowerBound <= value { low = middle } else { high = middle }
    }
    return wide[low].contains(value)
  }
}
