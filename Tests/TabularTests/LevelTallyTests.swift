import Tabular
import Testing

@Suite struct LevelTallyTests {
  @Test func countsAndOrder() {
    var tally = LevelTally()
    for level in ["b", "a", "", "b", "ab", "\u{E9}", "e\u{301}", "b", "a"] {
      tally.add(ByteString(level))
    }
    // Canonically equivalent spellings are different levels.
    #expect(tally.summary == ["b x 3", "a x 2", " x 1", "ab x 1", "e\u{301} x 1", "\u{E9} x 1"])
    #expect(tally.distinctCount == 6)
    #expect(tally.total == 9)
    #expect(tally.count(of: "b") == 3)
    #expect(tally.count(of: "") == 1)
    #expect(tally.count(of: "c") == 0)
  }

  @Test func empty() {
    let tally = LevelTally()
    #expect(tally.sortedLevels().isEmpty)
    #expect(tally.count(of: "") == 0)
    #expect(tally.total == 0 && tally.missing == 0 && tally.distinctCount == 0)
  }

  @Test(arguments: [1, 7, 8, 9, 40, 100_000])
  func agreesWithDictionary(levels: Int) {
    var rng = SeededGenerator(seed: UInt64(levels))
    var tally = LevelTally()
    var expected: [ByteString: Int] = [:]
    for _ in 0..<200_000 {
      // Lengths around the hash's step of eight bytes, many common beginnings.
      let number = Int.random(in: 0..<levels, using: &rng)
      let level = ByteString(String("level-of-a-column-".prefix(number % 19)) + "\(number)")
      tally.add(level)
      expected[level, default: 0] += 1
    }
    let sorted = expected.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    let found = tally.sortedLevels()
    #expect(found.map(\.level) == sorted.map(\.key))
    #expect(found.map(\.count) == sorted.map(\.value))
    #expect(expected.allSatisfy { tally.count(of: $0.key) == $0.value })
  }

  @Test func zeroBytesCount() {
    var tally = LevelTally()
    for count in 0..<20 { tally.add(ByteString([UInt8](repeating: 0, count: count))) }
    #expect(tally.distinctCount == 20)
  }
}

@Suite struct ByteStringTests {
  @Test func comparesByBytes() {
    #expect(ByteString("\u{E9}") != ByteString("e\u{301}"))
    #expect(ByteString("a") < ByteString("ab"))
    #expect(ByteString("Z") < ByteString("a"))
    #expect(ByteString([0x7F]) < ByteString([0x80]))
    #expect(ByteString("") < ByteString("a"))
    #expect(ByteString("abc").bytes == [0x61, 0x62, 0x63])
  }

  @Test func repairsInvalidText() {
    #expect(ByteString([0x61, 0xFF, 0x62]).description == "a\u{FFFD}b")
  }
}

@Suite struct ExcerptTests {
  @Test(arguments: [
    ("plain", #""plain""#),
    ("a\"b\\c", #""a\"b\\c""#),
    ("a\nb\rc\td", #""a\nb\rc\td""#),
    ("\u{1B}[31m\u{0}", #""\u{1b}[31m\u{0}""#),
    ("\u{85}\u{2028}\u{202E}\u{200B}", #""\u{85}\u{2028}\u{202e}\u{200b}""#),
    ("\u{E9}\u{1F600}", "\"\u{E9}\u{1F600}\""),
    (String(repeating: "x", count: 40), "\"" + String(repeating: "x", count: 40) + "\""),
    (String(repeating: "x", count: 41), "\"" + String(repeating: "x", count: 40) + "...\""),
  ])
  func quoted(_ text: String, _ expected: String) {
    #expect(Excerpt.quoted(text) == expected)
    #expect(Excerpt.quoted(Array(text.utf8)) == expected)
  }

  @Test func invalidText() {
    #expect(Excerpt.quoted([0x61, 0xFF]) == "\"a\u{FFFD}\"")
  }
}
