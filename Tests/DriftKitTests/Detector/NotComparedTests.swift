import DriftKit
import DriftTestSupport
import Testing

/// What could not be compared is said, and never OK.
@Suite("Features of which nothing can be compared") struct NotComparedTests {
  private typealias Cells = [String?]

  private static func ids(_ rows: Int, from first: Int = 0) -> [String?] {
    (0..<rows).map { "id \($0 + first)" }
  }

  private static let numbers = (0..<400).map { Double($0 * 37 % 400) }

  /// A check of one column of text beside one of numbers.
  private static func check(_ before: [String?], _ after: [String?]) throws -> DriftResult {
    func table(_ cells: [String?]) throws -> Dataset {
      try Dataset([
        Column("text", cells), Column("number", Array(numbers.prefix(cells.count))),
      ])
    }
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy = nil
    return try DriftDetector(baseline: table(before), configuration: configuration)
      .check(table(after))
  }

  private static let pairs: [(name: String, before: [String?], after: [String?])] = [
    ("new identifiers for old", ids(300), ids(300, from: 300)),
    (
      "identifiers with missing cells",
      ids(400).enumerated().map { $0.offset % 10 == 0 ? nil : $0.element },
      ids(400, from: 400).enumerated().map { $0.offset % 9 == 0 ? nil : $0.element }
    ),
    ("no cell on either side", Cells(repeating: nil, count: 100), Cells(repeating: nil, count: 90)),
  ]

  @Test("Levels of a few rows are compared, though none has a bin", arguments: 0..<3)
  func isCompared(_ place: Int) throws {
    let (before, after) = [
      (Self.ids(300), Self.ids(300)),
      (
        Self.ids(300) + Self.ids(100), Self.ids(300, from: 50) + Self.ids(100, from: 50)
      ), ((0..<320).map { "l\($0 % 40)" }, (0..<312).map { "l\($0 % 40)" }),
    ][place]
    let feature = try #require(try Self.check(before, after)["text"])
    #expect(feature.status == .ok && feature.populationStability == nil, "\(feature.reasons)")
    #expect(feature.distribution?.pValue == 1 || place > 0)
  }

  @Test(arguments: pairs.indices) func isNotCompared(_ place: Int) throws {
    let (name, before, after) = Self.pairs[place]
    let result = try Self.check(before, after)
    let feature = try #require(result["text"])
    #expect(feature.status == .notCompared, "\(name): \(feature.status) \(feature.reasons)")
    #expect(feature.findings.isEmpty && feature.reasons.isEmpty)
    #expect(feature.notes.contains { $0.hasPrefix("text: not compared, ") }, "\(feature.notes)")
    let bins = feature.populationStability?.test.bins ?? []
    #expect(bins.isEmpty || bins.contains { $0.content == .missing }, "\(name): \(bins)")
    #expect(result["number"]?.status == .ok && result.status == .ok)
  }

  @Test("A check that could compare nothing is a WARN that says so")
  func nothing() throws {
    let detector = try DriftDetector(baseline: Dataset([Column("id", Self.ids(300))]))
    let result = try detector.check(Dataset([Column("id", Self.ids(300, from: 300))]))
    #expect(result.status == .warn && result["id"]?.status == .notCompared)
    #expect(result.reasons.count == 1)
    #expect(result.reasons.first?.contains("nothing was compared") == true)
    #expect(result.tableFindings.map(\.test) == [.comparison])
    #expect(result.maximumStabilityIndex == 0)
  }

  @Test("An identifier is left out by a note that says how")
  func remedy() throws {
    let feature = try #require(try Self.check(Self.ids(300), Self.ids(300, from: 300))["text"])
    #expect(
      feature.notes.contains("text: not compared, nearly as many levels as rows; leave out text"))
    #expect(
      feature.notes(ProgramWords(exclude: "--exclude")).contains {
        $0.hasSuffix("; --exclude text")
      })
  }

  @Test("Where a test finds something, the status is that of the test")
  func found() throws {
    let word = Cells(repeating: "undefined", count: 300)
    for (before, after) in [
      (Self.ids(300), word), (Self.ids(300), Array(Self.ids(300).prefix(150) + word.prefix(150))),
      (Self.ids(300), Cells(repeating: nil, count: 300)),
      (Self.ids(300), Array(Self.ids(300).prefix(200) + Cells(repeating: nil, count: 100))),
      ((0..<320).map { "l\($0 % 40)" }, (0..<320).map { "new \($0 % 40)" }),
    ] {
      let feature = try #require(try Self.check(before, after)["text"])
      #expect(feature.status == .fail, "\(feature.status) \(feature.notes)")
    }
  }

  @Test("One level on both sides is compared")
  func constant() throws {
    let one = Cells(repeating: "a", count: 200)
    let feature = try #require(try Self.check(one, one)["text"])
    #expect(feature.status == .ok && feature.populationStability == nil)
  }

  @Test("An older job's numbers know no such status")
  func olderJob() throws {
    var configuration = DriftConfiguration()
    configuration.compatibility = .churnMLOps
    let column = Column("x", [Double](repeating: 3, count: 100))
    let result = try DriftDetector(baseline: Dataset([column]), configuration: configuration)
      .check(Dataset([column]))
    #expect(result["x"]?.status == .ok && result["x"]?.populationStability?.test.value == 0)
  }

  @Test("A column that was empty and has data now is a WARN")
  func gainsData() throws {
    for after in [Self.ids(300), Cells(repeating: nil, count: 299) + ["one"]] {
      let result = try Self.check(Cells(repeating: nil, count: 300), after)
      let feature = try #require(result["text"])
      #expect(feature.status == .warn && result.status == .warn)
      #expect(feature.findings.map(\.test) == [.schema])
      #expect(feature.reasons[0].contains("empty in the baseline, has data now"))
    }
  }

  /// Alone, a column without data is refused.
  private static let withData = pairs.indices.filter { pairs[$0].before.contains { $0 != nil } }

  @Test("Profiles say the same, merged ones too", arguments: withData)
  func profiles(_ place: Int) throws {
    let (_, before, after) = Self.pairs[place]
    func profile(_ cells: [String?]) throws -> DatasetProfile {
      var merged = DatasetProfile.empty
      for (part, range) in [0..<cells.count / 3, cells.count / 3..<cells.count].enumerated() {
        try merged.merge(
          DatasetProfile(
            Dataset([Column("text", Array(cells[range]))]), options: .init(), segment: "\(part)"))
      }
      return merged
    }
    let whole = try DriftDetector(baseline: Dataset([Column("text", before)]))
      .check(Dataset([Column("text", after)]))
    let parts = try DriftDetector(baseline: profile(before)).check(profile(after))
    #expect(parts.features == whole.features)
  }
}
