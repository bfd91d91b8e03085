extension TestResults: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package init(from decoder: any Decoder) throws {
    self.init()
    let container = try decoder.container(keyedBy: Key.self)
    func add<Test: FeatureTest>(_: Test.Type) throws {
      self[Test.Outcome.self] = try container.decodeIfPresent(
        Test.Outcome.self, forKey: Key(stringValue: Test.id.rawValue))
    }
    for test in TestTable.ofFeatures { try add(test) }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for result in all {
      try container.encode(result, forKey: Key(stringValue: type(of: result).id.rawValue))
    }
  }
}
