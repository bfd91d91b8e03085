import DriftKit
import DriftTestSupport
import Foundation

/// Streams of values, in orders that sketches might get wrong.
enum SketchStream: String, CaseIterable, Sendable {
  case uniform, normal, cauchy, sorted, reversed, constant, zeroInflated, clustered, integers
  case sawtooth, organPipe, alternatingExtremes, zoomingIn, blocks

  /// So many values, from a seed.
  func values(_ count: Int, seed: UInt64) -> [Double] {
    var normal = SeededNormal(seed: seed)
    var generator = SplitMix64(seed: seed &+ 1)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    return (0..<count).map { row in
      let place = Double(row)
      return switch self {
      case .uniform: uniform()
      case .normal: normal.next()
      case .cauchy: tan(Double.pi * (uniform() - 0.5))
      case .sorted: place
      case .reversed: -place
      case .constant: 0.1
      case .zeroInflated: uniform() < 0.7 ? 0 : normal.next()
      case .clustered:
        (generator.next() & 1 == 0 ? 1e15 : -1e-15) * (1 + 1e-3 * normal.next())
      case .integers: Double(generator.next() % 50)
      case .sawtooth: Double(row % 1_000)
      case .organPipe: Double(min(row, count - row))
      case .alternatingExtremes: (row & 1 == 0 ? 1 : -1) * (1e300 - place * 1e294)
      case .zoomingIn: (row & 1 == 0 ? 1 : -1) / (1 + place)
      case .blocks: Double((row / 4_096) % 7) + Double(row) * 1e-9
      }
    }
  }
}

/// True ranks, by sorting.
struct TrueRanks {
  let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  func below(_ edge: Double) -> Int { partition { $0 < edge } }
  func atMost(_ edge: Double) -> Int { partition { $0 <= edge } }

  /// How far a value is from a rank, as a share of all values.
  func error(of value: Double, at rank: Int) -> Double {
    let (first, end) = (below(value), atMost(value))
    let error = rank < first ? first - rank : max(0, rank - (end - 1))
    // A value that was never there has no rank.
    return first == end ? 1 : Double(error) / Double(sorted.count)
  }

  private func partition(_ isBefore: (Double) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension QuantileSketch {
  /// Adds an array.
  mutating func add(_ values: some Collection<Double>) {
    Array(values).withUnsafeBufferPointer { add($0) }
  }

  /// The encoded bytes.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    encode(into: &bytes)
    return bytes
  }

  /// The largest error at `ranks` ranks, of values and of both kinds of counts.
  func largestError(_ truth: TrueRanks, ranks: Int) -> Double {
    let count = truth.sorted.count
    let some = (0..<ranks).map { $0 * (count - 1) / max(1, ranks - 1) }
    let edges = some.map { truth.sorted[$0] }
    var largest = 0.0
    for (rank, value) in zip(some, values(at: some)) {
      largest = max(largest, truth.error(of: value, at: rank))
    }
    for (edge, estimate) in zip(edges, countsBelow(edges)) {
      largest = max(largest, Double(abs(estimate - truth.below(edge))) / Double(count))
    }
    for (edge, estimate) in zip(edges, countsAtMost(edges)) {
      largest = max(largest, Double(abs(estimate - truth.atMost(edge))) / Double(count))
    }
    return largest
  }
}
