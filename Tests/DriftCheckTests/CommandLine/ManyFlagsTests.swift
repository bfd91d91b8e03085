import DriftCheckCore
import DriftKit
import Testing

/// Lists that are given in very many flags.
@Suite struct ManyFlagsTests {
  /// Each flag was compared with all before it: 20,000 of them took half a minute.
  @Test func listsInManyFlags() throws {
    let names = (0..<20_000).map { "column_\($0 % 15_000)_with_a_long_name" }
    let start = ContinuousClock.now
    let found = try options(
      names.map { "--features=\($0)" } + names.map { "--missing-values=\($0)" })
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(found.configuration.features == Array(names.prefix(15_000)))
    #expect(found.missingValues == Array(names.prefix(15_000)))
  }

  /// Named twice is named once, as it was first given.
  @Test func repeats() throws {
    let found = try options([
      "--exclude", "b,a", "--exclude", "a,c", "--categorical", "x,x", "--numeric", "é,e\u{301},é",
    ])
    #expect(found.configuration.excluded == ["b", "a", "c"] && found.categorical == ["x"])
    #expect(found.numeric.map { Array($0.utf8) } == ["é", "e\u{301}"].map { Array($0.utf8) })
  }
}
