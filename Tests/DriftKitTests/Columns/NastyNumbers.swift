import CInstructionSets
import DriftKit
import DriftTestSupport

/// Columns that kernels and selections might get wrong.
enum NastyNumbers: String, CaseIterable, Sendable {
  case normal, uniform, integers, rounded, constant, fewValues, zeroInflated, signedZeros
  case denormals, heavyTail, outlier, twoOutliers, twoClusters, wholeRange, geometric, neighbours
  case missing, allMissing, infinities, onlyInfinities, sorted, hugeOffset, lateValues

  /// So many rows, from a seed.
  func sample(_ count: Int, seed: UInt64) -> [Double] {
    var normal = SeededNormal(seed: seed)
    var generator = SplitMix64(seed: seed &+ 1)
    func number() -> Double { normal.next() }
    func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    func isOne(of count: Int) -> Bool { integer(1...count) == 1 }
    return (0..<count).map { row in
      switch self {
      case .normal: number()
      case .uniform: Double(integer(0...1 << 53)) * 0x1p-53
      case .integers: Double(integer(-30...30))
      case .rounded: (number() * 100).rounded() / 100
      case .constant: 0.04
      case .fewValues: [1.5, -2, 1e300, 7, 0, -0.0][integer(0...5)]
      case .zeroInflated: isOne(of: 3) ? number() : 0
      case .signedZeros: [0.0, -0.0, number(), -1][integer(0...3)]
      case .denormals:
        Double(integer(-40...40)) * .leastNonzeroMagnitude * (isOne(of: 3) ? 0x1p40 : 1)
      case .heavyTail:
        number() * Double(sign: .plus, exponent: integer(-900...900), significand: 1)
      case .outlier: row == count / 2 ? 1e300 : number()
      case .twoOutliers: row < 2 ? (row == 0 ? 1.7e308 : -1.7e308) : number()
      case .twoClusters: (isOne(of: 2) ? 1e15 : -1e-15) * (1 + 1e-3 * number())
      case .wholeRange: Double(bitPattern: generator.next() & 0xBFFF_FFFF_FFFF_FFFF)
      case .geometric: Double(sign: .plus, exponent: -integer(0...1070), significand: 1)
      case .neighbours: Double(bitPattern: (1.0).bitPattern + UInt64(integer(0...3000)))
      case .missing: isOne(of: 3) ? .nan : number()
      case .allMissing: .nan
      case .infinities: [.infinity, -.infinity, .nan, number(), number(), number()][integer(0...5)]
      case .onlyInfinities: isOne(of: 2) ? .infinity : -.infinity
      case .sorted: Double(row)
      case .lateValues: Double(integer(0...(row < count * 3 / 4 ? 3 : 7)))
      case .hugeOffset: 1e9 + Double(integer(0...1000)) * 0x1p-20
      }
    }
  }
}

/// Every way to do the same work: results must not depend on it.
enum Works {
  /// The instruction sets that this processor has.
  static let instructionSets = (0...InstructionSet.best.rawValue)
    .compactMap { InstructionSet(rawValue: $0) }

  /// Every instruction set, and some numbers of threads.
  static let all =
    instructionSets.map { PieceWork(instructionSet: $0) }
    + [2, 5].map { PieceWork(threads: $0) }

  /// The rows in chunks of random sizes, some of them empty.
  static func chunks(_ values: [Double], seed: UInt64) -> NumberChunks {
    var generator = SplitMix64(seed: seed)
    var chunks: [[Double]] = []
    var start = 0
    while start < values.count {
      let size = Int.random(in: 0...max(1, values.count / 3), using: &generator)
      let end = min(start + size, values.count)
      chunks.append(Array(values[start..<end]))
      start = end
    }
    return NumberChunks(chunks)
  }
}
