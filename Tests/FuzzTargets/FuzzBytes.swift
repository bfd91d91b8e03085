/// Choices made by the bytes of a fuzzer: valid things come of any bytes, and nearby ones of nearby
/// bytes. At their end all choices are the first one.
struct FuzzBytes {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  /// Whether all bytes were used.
  var isAtEnd: Bool { bytes.isEmpty }

  /// What was not used.
  var rest: [UInt8] { Array(bytes) }

  mutating func byte() -> UInt8 { bytes.popFirst() ?? 0 }

  /// A number below another, of at most 256.
  mutating func choice(_ count: Int) -> Int { Int(byte()) % count }

  mutating func bool() -> Bool { byte() & 1 == 1 }

  /// One of several.
  mutating func one<Item>(of items: [Item]) -> Item { items[choice(items.count)] }

  mutating func take(_ count: Int) -> [UInt8] {
    let taken = bytes.prefix(count)
    bytes = bytes.dropFirst(count)
    return Array(taken)
  }

  mutating func word() -> UInt64 {
    take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Any integer, those where arithmetic goes wrong among them.
  mutating func int() -> Int {
    switch byte() {
    case 0..<128: Int(byte())
    case 128..<160: Int(byte()) << 8 | Int(byte())
    case 160..<224: one(of: Self.integers)
    default: Int(truncatingIfNeeded: word())
    }
  }

  private static let integers = [
    .max, .min, -1, .max - 1, 1 << 62, 1 << 53, 1 << 50, (1 << 50) - 1, (1 << 50) + 1, 1 << 32,
    1 << 31, .max / 8, .max / 32, 0x1_0000, -2,
  ]

  /// Any number, the odd ones among them.
  mutating func double() -> Double {
    switch byte() {
    case 0..<128: Double(Int8(truncatingIfNeeded: Int(byte()))) / 4
    case 128..<224: one(of: Self.numbers)
    default: Double(bitPattern: word())
    }
  }

  private static let numbers: [Double] = [
    .nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e308, -1e308,
    1e-308, 0x1p53, 0x1p63, -0x1p63, 0x1p64, 1e19, 1e16, 1e-5, 1, 1.0.nextUp, 0.1, 1e100, 1e154,
    1e-154, 123_456_789.125, .pi,
  ]

  /// Any finite number.
  mutating func finite() -> Double {
    let value = double()
    return value.isFinite ? value : 0
  }

  /// Any text, those that try to be more than text among them.
  mutating func text() -> String {
    switch byte() {
    case 0..<96: String(decoding: take(choice(12)), as: UTF8.self)
    case 96..<128: String(decoding: take(Int(byte())), as: UTF8.self)
    case 128..<250: one(of: Self.texts)
    // Longer than any line, field of a table or buffer.
    default: String(repeating: one(of: Self.texts), count: 1 + choice(64) * 8)
    }
  }

  private static let texts = [
    "x", "</script><script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>",
    "\u{202E}gpj.exe",
    "a\u{0}b", "\u{1B}[2J\u{1B}[31m", "\u{9B}31m", "a\n# EOF\ndrift_check_status 0", "\r\n", "\\",
    "\"}", "a\\\"b", "&lt;b&gt;", "<!--", "-->", "]]>", "\u{FFFE}", "\u{FFFF}", "\u{2028}",
    "\u{85}",
    "\u{200B}", "\u{E0041}", "\u{2066}x", "\u{301}", "e\u{301}", "é", "", " ", "\t", "漢字",
    "👩‍👩‍👧‍👦", "🇩🇪", "%s%n", "{{x}}", "${x}", "__proto__", "null", "NaN", "-1", "status", "x,y",
    String(repeating: "\u{301}", count: 40), String(repeating: "ab", count: 64), "\u{10FFFF}",
  ]
}
