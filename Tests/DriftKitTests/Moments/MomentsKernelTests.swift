import DriftKit
import DriftTestSupport
import Testing

/// The passes in C against the plain ones.
@Suite("Moments by every instruction set")
struct MomentsKernelTests {
  private func slow(_ values: [Double]) -> Moments {
    var moments = Moments()
    values.withUnsafeBufferPointer { moments.appendSlowly($0) }
    return moments
  }

  private func tally(_ values: [Double], _ work: PieceWork) -> NumberTally {
    values.withUnsafeBufferPointer { NumberTally($0, work: work) }
  }

  @Test("The reference, to 1e-12, and the same bytes everywhere", arguments: NastyNumbers.allCases)
  func reference(kind: NastyNumbers) throws {
    for count in [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 2_047, 2_048, 2_049, 6_000] {
      let values = kind.sample(count, seed: UInt64(count) &+ 31)
      let expected = slow(values)
      let first = tally(values, PieceWork(instructionSet: Works.instructionSets[0]))
      let moments = first.moments
      #expect(first.rows == count)
      #expect(first.nans == values.count { $0.isNaN })
      #expect(first.infinities == values.count { $0.isInfinite })
      #expect(moments.count == expected.count)
      #expect(moments.minimum == expected.minimum && moments.maximum == expected.maximum)
      #expect(moments.isConstant == expected.isConstant)
      #expect((moments.standardDeviation == 0) == (expected.standardDeviation == 0))
      if let deviation = expected.standardDeviation, let mean = expected.mean {
        let close = Closeness(moments.standardDeviation, to: deviation, relative: 1e-12)
        #expect(close.holds || deviation == 0, "\(count): deviation \(close)")
        let closeMean = Closeness(
          moments.mean, to: mean, absolute: 1e-12 * max(deviation, abs(mean)))
        #expect(closeMean.holds || moments.mean == mean, "\(count): mean \(closeMean)")
      } else {
        #expect(moments.mean == expected.mean)
      }
      if let skewness = expected.skewness, let found = moments.skewness {
        let close = Closeness(found, to: skewness, absolute: 1e-11 * max(1, abs(skewness)))
        #expect(close.holds, "\(count): skewness \(close)")
      } else {
        #expect(moments.skewness == expected.skewness)
      }
      for set in Works.instructionSets.dropFirst() {
        #expect(tally(values, PieceWork(instructionSet: set)) == first, "\(count), \(set)")
      }
    }
  }

  @Test("Any number of threads and any chunks give the same bytes", arguments: [5_000, 300_000])
  func threadsAndChunks(count: Int) {
    let values = NastyNumbers.missing.sample(count, seed: 8)
    let whole = NumberTally(NumberChunks(values), work: PieceWork())
    var moments = Moments()
    values.withUnsafeBufferPointer { _ = moments.append($0) }
    #expect(whole.moments == moments && whole.moments == Moments(values))
    for work in Works.all {
      #expect(NumberTally(NumberChunks(values), work: work) == whole)
      for seed in 0..<5 as Range<UInt64> {
        #expect(NumberTally(Works.chunks(values, seed: seed), work: work) == whole)
      }
    }
    let single = NumberChunks(values.prefix(5_000).map { [$0] })
    #expect(
      NumberTally(single, work: PieceWork())
        == NumberTally(NumberChunks(Array(values.prefix(5_000))), work: PieceWork()))
  }

  @Test("Both ends of the range in which no scale is needed")
  func limits() {
    for exponent in [-1030, -282, -281, -280, -279, 0, 278, 279, 280, 281, 1000] {
      let values = [1.0, 1.25, -0.5].map {
        $0 * Double(sign: .plus, exponent: exponent, significand: 1)
      }
      let (fast, expected) = (tally(values, PieceWork()).moments, slow(values))
      #expect(fast.mean == expected.mean && fast.standardDeviation == expected.standardDeviation)
      let skewness = Closeness(fast.skewness, to: expected.skewness ?? .nan, relative: 1e-15)
      #expect(skewness.holds, "\(exponent): \(skewness)")
    }
  }
}
