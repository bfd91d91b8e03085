import Tabular
import Testing

/// The scanner against the slow reference, on texts made of what makes CSV hard.
@Suite struct CSVFuzzTests {
  static let delimiters: [UInt8] = [0x2C, 0x3B, 0x09, 0x20, 0x7C]

  /// Weighted towards quotes, breaks and delimiters; NUL is rare.
  static func text(length: Int, delimiter: UInt8, using rng: inout SeededGenerator) -> [UInt8] {
    let pieces: [[UInt8]] = [
      [0x22], [0x22], [0x22], [0x22, 0x22], [0x0A], [0x0D], [0x0D, 0x0A], [0x20], [0x09],
      [delimiter], [delimiter], [delimiter, 0x22], [0x22, delimiter], [0x61], [0x31, 0x2E], [0xFF],
      [0xC3, 0xA9], [0x2C], [0x22, 0x0A], [0x0A, 0x22],
    ]
    var bytes: [UInt8] = Int.random(in: 0..<10, using: &rng) == 0 ? [0xEF, 0xBB, 0xBF] : []
    while bytes.count < length {
      bytes +=
        Int.random(in: 0..<200, using: &rng) == 0
        ? [0] : pieces[Int.random(in: 0..<pieces.count, using: &rng)]
    }
    return bytes
  }

  static func compare(_ bytes: [UInt8], delimiter: UInt8, chunk: Int, seed: UInt64) {
    let expected = ReferenceCSV.scan(bytes, delimiter: delimiter)
    var options = CSVOptions()
    options.delimiter = delimiter
    options.chunkSize = chunk
    let found = scan(bytes, options: options)
    guard
      found.rows != expected.rows || found.error?.code != expected.failure?.code
        || found.error?.line != expected.failure?.line
    else { return }
    Issue.record(
      """
      seed \(seed), chunk \(chunk), delimiter \(delimiter), bytes \(bytes)
      found \(found.rows) \(found.error.map(\.description) ?? "")
      expected \(expected.rows) \(String(describing: expected.failure))
      """)
  }

  @Test(arguments: 0..<10)
  func random(_ part: Int) {
    for index in 0..<600 {
      let seed = UInt64(part * 600 + index)
      var rng = SeededGenerator(seed: seed)
      let delimiter = Self.delimiters[index % Self.delimiters.count]
      let length = Int.random(in: 0...60, using: &rng)
      let bytes = Self.text(length: length, delimiter: delimiter, using: &rng)
      for chunk in [1, 2, 3, 5, 8, 13, 1 << 20] {
        Self.compare(bytes, delimiter: delimiter, chunk: chunk, seed: seed)
      }
    }
  }

  /// Every text of up to six of these bytes.
  @Test func exhaustive() {
    let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x20, 0x61]
    for length in 0...6 {
      var digits = [Int](repeating: 0, count: length)
      while true {
        let bytes = digits.map { alphabet[$0] }
        Self.compare(bytes, delimiter: 0x2C, chunk: 1, seed: 0)
        Self.compare(bytes, delimiter: 0x2C, chunk: 4, seed: 0)
        guard let place = digits.lastIndex(where: { $0 < alphabet.count - 1 }) else { break }
        digits[place] += 1
        for later in digits.indices where later > place { digits[later] = 0 }
      }
    }
  }

  /// Each boundary of one long nasty text, and records longer than the chunk.
  @Test(arguments: 1...64)
  func chunkSizes(_ chunk: Int) {
    let row = "1,\"a\r\n\"\"b\",  x \t,\"\"\r\n\r, \" y \" ,\"\n\",\u{E9}\r"
    let bytes = Array(String(repeating: row, count: 20).utf8)
    Self.compare(bytes, delimiter: 0x2C, chunk: chunk, seed: 0)
  }
}
