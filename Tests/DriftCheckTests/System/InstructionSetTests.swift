import CInstructionSets
import DriftCheckCore
import Testing

@Suite struct InstructionSetTests {
  private func choice(_ word: String?, best: InstructionSet = .avx512) throws(UsageError)
    -> InstructionSet
  {
    try InstructionSet(Environment(word.map { ["DRIFT_KERNELS": $0] } ?? [:]), best: best)
  }

  @Test func theVariableChoosesAmongWhatTheProcessorHas() throws {
    #expect(try choice("portable") == .portable)
    #expect(try choice("avx2") == .avx2)
    #expect(try choice("avx512") == .avx512)
    #expect(try choice("avx2", best: .avx2) == .avx2)
    #expect(try choice(nil, best: .avx2) == .avx2)
    #expect(try choice("", best: .portable) == .portable)
    #expect(try InstructionSet(Environment([:])) == .best)
  }

  @Test(
    arguments: [
      ("avx512", .avx2, "'portable', 'avx2'"), ("avx2", .portable, "'portable'"),
      ("AVX2", .avx512, "'portable', 'avx2', 'avx512'"),
      ("2", .avx512, "'portable', 'avx2', 'avx512'"),
    ] as [(String, InstructionSet, String)])
  func whatTheProcessorLacksIsAUsageError(_ word: String, _ best: InstructionSet, _ words: String) {
    do throws(UsageError) {
      _ = try choice(word, best: best)
      Issue.record("'\(word)' was taken")
    } catch {
      #expect(error.code == .environment && error.subject == "DRIFT_KERNELS")
      #expect(
        error.message
          == "DRIFT_KERNELS is '\(word)': expected one of \(words), which this processor has.")
    }
  }
}
