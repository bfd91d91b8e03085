import DriftCheckCore
import DriftKit
import Testing

@Suite struct PermutationSumsTests {
  private typealias Sums = MaximumMeanDiscrepancy.PermutationSums

  @Test func theVariableChooses() throws {
    #expect(try Sums(Environment([:])) == .lookup)
    #expect(try Sums(Environment(["DRIFT_PERMUTATION_SUMS": ""])) == .lookup)
    for way in Sums.allCases {
      #expect(try Sums(Environment(["DRIFT_PERMUTATION_SUMS": way.rawValue])) == way)
    }
  }

  @Test func anotherWordIsAUsageError() {
    #expect(throws: UsageError.self) {
      try Sums(Environment(["DRIFT_PERMUTATION_SUMS": "sgemm"]))
    }
  }
}
