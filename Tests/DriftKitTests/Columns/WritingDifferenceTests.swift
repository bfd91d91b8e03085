import DriftKit
import Testing

/// How texts differ that a reader would take for one.
@Suite struct WritingDifferenceTests {
  static let pairs: [(String, String, String)] = [
    ("Age", "age", "case"), ("age", "ag e", "blanks"), ("age", "age\u{A0}", "blanks"),
    ("age", "\u{FEFF}age", "invisible characters"),
    ("age", "a\u{200B}ge", "invisible characters"), ("age", "a\u{AD}ge", "invisible characters"),
    ("caf\u{E9}", "cafe\u{301}", "Unicode form"), ("Stra\u{DF}e", "STRASSE", "case"),
    ("\u{C9}t\u{E9}", "e\u{301}te\u{301}", "case"), ("Age ", "age", "blanks and case"),
    ("\u{FEFF}A ge", "age", "invisible characters, blanks and case"),
  ]

  @Test(arguments: pairs) func aspects(_ pair: (String, String, String)) {
    #expect(WritingDifference(pair.0, pair.1)?.description == pair.2)
    #expect(WritingDifference(pair.1, pair.0)?.description == pair.2)
    #expect(WritingDifference.Form(pair.0) == WritingDifference.Form(pair.1))
  }

  @Test func moreThanWriting() {
    #expect(WritingDifference("age", "age") == nil && WritingDifference("age", "ages") == nil)
    #expect(WritingDifference("1", "1.0") == nil)
    for (a, b) in [("1", "1.0"), ("01", "1"), ("1e3", "1000"), (" -0.50", "-.5")] {
      #expect(WritingDifference(a, b, asNumbers: true) != nil, "\(a) \(b)")
    }
    for (a, b) in [("0x10", "16"), ("inf", "Infinity"), ("1", "2"), ("nan", "NaN1"), ("", "0")] {
      #expect(WritingDifference(a, b, asNumbers: true) == nil, "\(a) \(b)")
    }
  }

  @Test func whatIsNotSeenIsShown() {
    #expect("a\u{200B}\u{A0} b".showingInvisible == #"a\u{200B}\u{A0} b"#)
    #expect("plain caf\u{E9}".showingInvisible == "plain caf\u{E9}")
    #expect("\u{FEFF}x".oddScalars.count == 1 && "x y".oddScalars.isEmpty)
  }

  @Test func nearestNames() {
    var search = NameSearch(["income", "Age", "churned"])
    #expect(search.nearest(to: "age")?.question == "did you mean 'Age'? the names differ by case")
    #expect(search.nearest(to: "incone")?.question == "did you mean 'income'?")
    #expect(search.nearest(to: "tempo") == nil)
  }

  @Test("A column that is gone names the one that was meant; new levels those that they are")
  func inResults() throws {
    let numbers = (0..<60).map(Double.init)
    func levels(_ red: String) -> Column {
      Column("plan", (0..<60).map { $0 % 2 == 0 ? red : "blue" } as [String?])
    }
    let detector = try DriftDetector(
      baseline: Dataset([Column("age", numbers), levels("Red")]))
    let result = try detector.check(Dataset([Column("age\u{200B}", numbers), levels("red")]))
    #expect(
      result.reasons.contains {
        $0.hasPrefix("age: not in the current data; did you mean")
          && $0.hasSuffix("the names differ by invisible characters")
      }, "\(result.reasons)")
    #expect(result.notes.contains { $0.contains(#"'age\u{200B}'"#) && $0.contains("not seen") })
    #expect(
      result.notes.contains(
        "plan: levels of 50.0 % of the rows are new in writing only: 'red' is 'Red' but for case"))
    #expect(
      result["plan"]?.reasons.contains { $0.hasSuffix("'red' is 'Red' but for case") } == true)
    let mistake = #expect(throws: DriftError.self) {
      try detector.check(Dataset([Column("AGE", numbers)]))
    }
    #expect(mistake?.message.contains("did you mean 'AGE'?") == true)
  }
}
