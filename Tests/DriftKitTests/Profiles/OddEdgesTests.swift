import DriftKit
import Testing

@Suite("Given edges that are no numbers, or not in order")
struct OddEdgesTests {
  @Test(
    "Such edges are left out, so that a profile can be read back",
    arguments: [[3, .nan, 1], [.infinity, 1, 3, 3], [.nan]] as [[Double]])
  func profiles(edges: [Double]) throws {
    var options = DatasetProfile.Options()
    options.binning = .edges(edges)
    let table = try Dataset([Column("x", (0..<40).map { Double($0 % 5) })])
    let profile = DatasetProfile(table, options: options)
    let again = try DatasetProfile(decoding: profile.encoded())
    #expect(again == profile)
    options.binning = .edges([1, 3].filter { edges.contains($0) })
    #expect(DatasetProfile(table, options: options) == profile)
  }
}
