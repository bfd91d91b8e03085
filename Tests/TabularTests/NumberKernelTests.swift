import CInstructionSets
import CTextKernels
import Tabular
import Testing

/// The number kernels against the exact parser, bit by bit.
@Suite struct NumberKernelTests {
  /// A place for a text between bytes that look like a part of it.
  private struct Field: ~Copyable {
    let memory: UnsafeMutableBufferPointer<UInt8>

    init() {
      memory = .allocate(capacity: 1024)
      memory.initialize(repeating: 0x39)
    }

    deinit {
      memory.deallocate()
    }

    /// The kernel's number; nil when it leaves the text to others.
    func convert(_ text: [UInt8], _ set: InstructionSet, around other: UInt8) -> Double? {
      memory.update(repeating: other)
      guard let first = memory.baseAddress else { return nil }
      let start = first + 128
      start.update(from: text, count: text.count)
      var value = 0.0
      return drift_convert_number(set, start, text.count, &value) ? value : nil
    }
  }

  /// Checks a text. With `isPlain` the kernel has to know the number itself.
  private static func check(_ text: String, _ field: borrowing Field, isPlain: Bool = false) {
    let bytes = Array(text.utf8)
    let inner = bytes.count > 2 && bytes.first == 0x22 && bytes.last == 0x22
    let expected = NumberParser.parseExactly(inner ? Array(bytes[1..<bytes.count - 1]) : bytes)
    for set in InstructionSet.available {
      for other: UInt8 in [0x39, 0x2E, 0x2D, 0x00, 0x65] {
        let found = field.convert(bytes, set, around: other)
        if found == nil && !isPlain { continue }
        if found?.bitPattern == expected?.bitPattern { continue }
        Issue.record(
          """
          \(text), set \(set.rawValue), beside \(other): \(String(describing: found)), \
          expected \(String(describing: expected))
          """)
      }
    }
  }

  private static func digits(_ count: Int, using rng: inout SeededGenerator) -> String {
    String((0..<count).map { _ in Character(String(Int.random(in: 0...9, using: &rng))) })
  }

  @Test func decimals() {
    let field = Field()
    var rng = SeededGenerator(seed: 1)
    for _ in 0..<60_000 {
      let sign = ["", "", "-", "+"][Int.random(in: 0..<4, using: &rng)]
      let zeroCount = [0, 0, 0, 1, 5, 20][Int.random(in: 0..<6, using: &rng)]
      let zeros = String(repeating: "0", count: zeroCount)
      let count = Int.random(in: 1...25, using: &rng)
      var text = zeros + Self.digits(count, using: &rng)
      if Bool.random(using: &rng) {
        let place = Int.random(in: 0...text.count, using: &rng)
        text.insert(".", at: text.index(text.startIndex, offsetBy: place))
      }
      let isShort = zeros.count + count <= 19
      Self.check(sign + text, field, isPlain: isShort)
      if isShort { Self.check("\"\(sign)\(text)\"", field, isPlain: true) }
    }
  }

  @Test func exponents() {
    let field = Field()
    var rng = SeededGenerator(seed: 2)
    for _ in 0..<30_000 {
      let whole = Self.digits(Int.random(in: 1...12, using: &rng), using: &rng)
      let fraction = Self.digits(Int.random(in: 0...7, using: &rng), using: &rng)
      let exponent = Int.random(in: -60...60, using: &rng)
      let text = "\(whole).\(fraction)\(Bool.random(using: &rng) ? "e" : "E")\(exponent)"
      Self.check(text, field, isPlain: (-20...36).contains(exponent))
    }
  }

  /// Doubles as they are printed, and the numbers halfway between two.
  @Test func shortestAndHalfway() {
    let field = Field()
    var rng = SeededGenerator(seed: 3)
    for _ in 0..<30_000 {
      let value = Double.random(in: -1000...1000, using: &rng)
      Self.check(value.description, field, isPlain: true)
      let odd = UInt64.random(in: 1 << 53..<1 << 54, using: &rng) | 1
      let shift = UInt64.random(in: 0...9, using: &rng)
      Self.check("\(odd << shift)", field, isPlain: true)
      Self.check("\(odd)e\(shift)", field, isPlain: true)
      // 2^k + 1/2, exactly, with the fraction written out.
      let whole = UInt64.random(in: 1 << 52..<1 << 53, using: &rng)
      Self.check("\(whole).5", field, isPlain: true)
      Self.check(
        "-\(whole >> 2).\(["125", "375", "625", "875"][Int(whole % 4)])", field, isPlain: true)
    }
  }

  @Test func around2To53() {
    let field = Field()
    for offset in 0..<20 {
      let whole = (1 << 53) - 10 + offset
      for fraction in ["", ".", ".0", ".5", ".1", ".9", ".50"] {
        Self.check("\(whole)\(fraction)", field, isPlain: true)
      }
      let digits = Array("\(whole)")
      for place in 0...digits.count {
        Self.check(String(digits[..<place]) + "." + String(digits[place...]), field, isPlain: true)
      }
    }
  }

  /// The largest numbers of 64 bits, and those a little beyond.
  @Test(arguments: [
    "18430000000000000000", "18439999999999999999", "18440000000000000000", "18446744073709551615",
    "18446744073709551616", "18449999999999999999", "18450000000000000000", "99999999999999999999",
    "10000000000000000000000000000000", "12345678901234567890123456789012",
  ])
  func around2To64(_ digits: String) {
    let field = Field()
    for place in 0...digits.count {
      let index = digits.index(digits.startIndex, offsetBy: place)
      Self.check(digits[..<index] + "." + digits[index...], field)
    }
    Self.check(digits, field)
  }

  /// Single bytes changed in a number: hardly any result is one.
  @Test func garbage() {
    let field = Field()
    var rng = SeededGenerator(seed: 4)
    for _ in 0..<20_000 {
      var bytes = Array("\(Double.random(in: -99...99, using: &rng))".utf8)
      let place = Int.random(in: 0..<bytes.count, using: &rng)
      bytes[place] = UInt8.random(in: 1...255, using: &rng)
      if bytes.first == 0x22 && bytes.last == 0x22 { continue }
      let expected = NumberParser.parseExactly(bytes)
      for set in InstructionSet.available {
        let found = field.convert(bytes, set, around: 0x30)
        #expect(found == nil || found?.bitPattern == expected?.bitPattern, "\(bytes)")
      }
    }
  }

  @Test(arguments: [
    "", ".", "-", "+", "-.", "+.", "\"", "\"\"", "\".\"", "e5", ".e5", "1e", "1e+", "1.2.3", "..",
    "1..", "--1", "+-1", " 1", "1 ", "nan", "inf", "1_0", "1,0", "\"1", "1\"", "\"\"1\"\"", "/",
    ":",
    "1/", "1:", "0x1",
  ])
  func noNumber(_ text: String) {
    let field = Field()
    for set in InstructionSet.available {
      for other: UInt8 in [0x31, 0x2E, 0x22] {
        #expect(field.convert(Array(text.utf8), set, around: other) == nil)
      }
    }
  }
}
