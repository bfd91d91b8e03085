internal import DriftKit

extension FuzzTarget {
  /// Partial sums of the kernel two-sample test whose frames are right: decoded, written again,
  /// merged, and a check that rests on them.
  static let sums = FuzzTarget(name: "sums", mostBytes: 2048) { input in
    var bytes = FuzzBytes(input)
    guard let trial = SumsTrial(blocks: bytes.bool()) else {
      throw FuzzViolation("there is no test to forge sums of")
    }
    let content: [UInt8]
    switch bytes.choice(3) {
    case 0: content = bytes.rest
    case 1:
      content = CheckedFrame.patched(CheckedFrame.content(trial.parts[bytes.choice(2)]), &bytes)
    default: content = trial.forged(&bytes)
    }
    var sums: MaximumMeanDiscrepancy.PartialSums
    do {
      sums = try .init(decoding: CheckedFrame.sealed(CheckedFrame.sums, content))
    } catch {
      return
    }
    let again = try MaximumMeanDiscrepancy.PartialSums(decoding: sums.encoded())
    try FuzzViolation.require(again == sums, "sums are others when they are read again")
    for part in trial.parts {
      var merged = sums
      guard (try? merged.merge(.init(decoding: part))) != nil else { continue }
      _ = try MaximumMeanDiscrepancy.PartialSums(decoding: merged.encoded())
      sums = merged
    }
    _ = try CheckOutcome { try trial.detector.check(trial.current, partialSums: sums) }
  }
}

/// A small test in two shards.
private struct SumsTrial {
  let detector: DriftDetector
  let current: Dataset
  /// The files of both shards.
  let parts: [[UInt8]]

  private static let permutations = 9

  init?(blocks: Bool) {
    var options = MaximumMeanDiscrepancy.Options()
    options.permutations = Self.permutations
    options.unit = blocks ? .blocks : .rows
    options.precision = blocks ? .single : .double
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy = options
    do {
      detector = try DriftDetector(baseline: Self.table(1), configuration: configuration)
      current = try Self.table(3)
      parts = try (0..<2).map { [detector, current] index in
        try detector.partialSums(of: current, shard: .init(index: index, count: 2)).encoded()
      }
    } catch {
      return nil
    }
  }

  private static func table(_ step: Int) throws(DriftError) -> Dataset {
    let rows = 0..<10
    return try Dataset([
      Column("a", rows.map { Double($0 * step % 7) }),
      Column("b", rows.map { Double($0 * $0 % (step + 4)) / 2 }),
    ])
  }

  /// The first shard's content with all its sums, or some, by the fuzzer.
  func forged(_ bytes: inout FuzzBytes) -> [UInt8] {
    let content = CheckedFrame.content(parts[0])
    // bits, observed bits, whether there is something observed, it, total, count, two sums each.
    let hasObserved = [true, false].first { hasObserved in
      let size = Self.size(hasObserved: hasObserved)
      return content.count > size && content[content.count - size + 16] == (hasObserved ? 1 : 0)
    }
    var forged = Array(content.dropLast(Self.size(hasObserved: hasObserved ?? true)))
    // How many shards there are, and which these are.
    if bytes.choice(4) == 3 {
      let count = bytes.int()
      forged.replaceSubrange(0..<8, with: Self.word(count))
    }
    let isKept = bytes.bool()
    let kept = content.dropFirst(forged.count)
    forged += isKept ? Array(kept.prefix(16)) : Self.word(bytes.int()) + Self.word(bytes.int())
    let isObserved = bytes.choice(8) == 7 ? bytes.bool() : hasObserved ?? true
    forged.append(isObserved ? 1 : 0)
    for _ in 0..<(isObserved ? 4 : 1) { forged += Self.sum(&bytes) }
    let count = bytes.choice(8) == 7 ? bytes.choice(32) : Self.permutations + 1
    forged.append(int: count)
    for _ in 0..<2 * count { forged += Self.sum(&bytes) }
    return forged
  }

  private static func size(hasObserved: Bool) -> Int {
    17 + (hasObserved ? 48 : 0) + 16 + 8 + 32 * (permutations + 1)
  }

  private static func word(_ value: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(int: value)
    return bytes
  }

  /// An integer of 128 bits, mostly one that is accepted.
  private static func sum(_ bytes: inout FuzzBytes) -> [UInt8] {
    let low = bytes.int()
    let high =
      switch bytes.choice(4) {
      case 0, 1: low < 0 ? -1 : 0
      case 2: bytes.bool() ? (1 << 36) - 1 : -(1 << 36) + 1
      default: bytes.int()
      }
    return word(low) + word(high)
  }
}
