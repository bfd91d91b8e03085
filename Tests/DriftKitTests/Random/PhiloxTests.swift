import DriftKit
import Testing

@Suite struct PhiloxTests {
  struct Block: Sendable {
    let counter: (UInt64, UInt64, UInt64, UInt64)
    let key: (UInt64, UInt64)
    let output: [UInt64]
  }

  /// `numpy.random.Philox(counter:, key:).random_raw(4)`, NumPy 2.4.6; NumPy counts up first.
  static let blocks = [
    Block(
      counter: (0, 0, 0, 0), key: (0, 0),
      output: [
        0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b, 0x7e68_b68a_ec7b_a23b,
      ]),
    Block(
      counter: (1, 0, 0, 2), key: (42, 7),
      output: [
        0x160f_6fd4_f4df_b512, 0x662c_475c_3978_8938, 0xa038_6dd4_8dda_7136, 0xa511_e11d_6dc8_0456,
      ]),
    Block(
      counter: (.max, .max, .max, .max), key: (.max, .max),
      output: [
        0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6, 0xa09c_aebf_594f_0ba0,
      ]),
    Block(
      counter: (
        0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89
      ), key: (0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c),
      output: [
        0xa528_f454_03e6_1d95, 0x38c7_2dbd_566e_9788, 0xa5a1_610e_72fd_18b5, 0x57bd_43b5_e52b_7fe6,
      ]),
  ]

  @Test(arguments: blocks) func agreesWithNumPy(_ block: Block) {
    let output = Philox.bijection(counter: block.counter, key: block.key)
    #expect([output.0, output.1, output.2, output.3] == block.output)
  }

  @Test func streamsAreBlocksInOrder() {
    var generator = Philox(seed: 42, stream: 7, purpose: .rowSample)
    let numbers = (0..<8).map { _ in generator.next() }
    #expect(Array(numbers[4...]) == Self.blocks[1].output)
  }

  @Test func sampleIsUniformSubset() {
    // 6 of 4 choose: every pair of 4 numbers equally likely over the seeds.
    var seen: [[Int]: Int] = [:]
    for seed in 0..<6000 {
      let pair = Sampling.sample(2, of: 4, seed: UInt64(seed), stream: 0, purpose: .rowSample)
      seen[pair, default: 0] += 1
    }
    #expect(seen.count == 6)
    // Each count is binomial(6000, 1/6): standard deviation 29.
    for (pair, count) in seen { #expect(abs(count - 1000) < 130, "\(pair): \(count)") }
  }

  @Test func samplesOfPartsMakeTheSampleOfTheWhole() {
    // Keys belong to numbers, so a larger table only ever pushes rows out.
    let small = Sampling.sample(50, of: 500, seed: 3, stream: 1, purpose: .rowSample)
    let large = Sampling.sample(50, of: 5000, seed: 3, stream: 1, purpose: .rowSample)
    #expect(Set(large.filter { $0 < 500 }).isSubset(of: Set(small)))
    #expect(large == large.sorted() && Set(large).count == 50)
  }

  @Test func shuffleIsPermutation() {
    let order = Sampling.shuffled(1000, seed: 9, stream: 0, purpose: .blockOrder)
    #expect(order.sorted() == Array(0..<1000))
    #expect(order != Array(0..<1000))
    #expect(Sampling.shuffled(0, seed: 9, stream: 0, purpose: .blockOrder).isEmpty)
  }
}
