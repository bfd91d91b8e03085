internal import DriftColumns
internal import DriftSummaries

/// The form of partial sums in a file: a `CheckedFile` that begins with "DRIFTMMD".
///
/// Numbers are as in a profile, and integers of 128 bits have their lower half first. A later version
/// may only be read by a later library.
extension MaximumMeanDiscrepancy.PartialSums {
  private static let file = CheckedFile(magic: Array("DRIFTMMD".utf8), version: 2)

  /// Whether some bytes begin the sums of a file.
  package static func areSums(_ beginning: some Sequence<UInt8>) -> Bool {
    file.begins(beginning)
  }

  /// The sums as the bytes of a file.
  /// - Complexity: O(permutations x kernels): 32 bytes for each.
  public func encoded() -> [UInt8] {
    Self.file.bytes { body in
      body.write(shardCount)
      body.write(shards.sorted().map(Int64.init))
      signature.encode(into: &body)
      body.write(sums.count)
      for kernel in sums { kernel.encode(into: &body) }
    }
  }

  /// Sums from the bytes of a file.
  ///
  /// - Throws: ``PartialSumsError`` for anything but whole sums of a known version.
  /// - Complexity: O(bytes).
  public init(decoding bytes: [UInt8]) throws(PartialSumsError) {
    let content: ArraySlice<UInt8>
    do {
      content = try Self.file.content(of: bytes)
    } catch {
      switch error {
      case .otherKind:
        throw PartialSumsError(
          .damaged,
          "no MMD sums: it does not begin with 'DRIFTMMD'; give the output of "
            + "'drift-check mmd-shard'")
      case .otherVersion(let version):
        throw PartialSumsError(
          .damaged, "the MMD sums have \(Self.file.advice(version, again: "make them again"))")
      case .damaged(let detail): throw .damaged(detail)
      }
    }
    do throws(DriftError) {
      var body = BinaryReader(content)
      let count = try body.int()
      guard (1...MaximumMeanDiscrepancy.Shard.mostShards).contains(count) else {
        throw .damagedProfile("")
      }
      var shards: Set<Int> = []
      for _ in 0..<(try body.count(bytesEach: 8)) {
        let shard = try body.int()
        guard (0..<count).contains(shard), shards.insert(shard).inserted else {
          throw .damagedProfile("")
        }
      }
      let signature = try KernelTest.Signature(from: &body)
      var sums: [KernelSums] = []
      for _ in 0..<(try body.count(bytesEach: 8)) { sums.append(try KernelSums(from: &body)) }
      self.init(shards: shards, of: count, signature: signature, sums: sums)
      guard body.isAtEnd else { throw .damagedProfile("") }
    } catch {
      throw .damaged()
    }
  }
}

extension KernelTest.Signature {
  fileprivate func encode(into writer: inout BinaryWriter) {
    writer.write(kernel)
    writer.write(columnNames.count)
    for name in columnNames { writer.write(name) }
    writer.write(seed)
    writer.write(permutations)
    writer.write(unit.rawValue)
    writer.write(blockSize)
    writer.write(scale.rawValue)
    writer.write(precision.rawValue)
    writer.write(tileBlocks)
    writer.write(baselineRows)
    writer.write(currentRows)
    writer.write(columnCount)
    writer.write(digest)
    writer.write(bandwidths.count)
    for bandwidth in bandwidths { writer.write(bandwidth) }
  }

  fileprivate init(from reader: inout BinaryReader) throws(DriftError) {
    let kernel = try reader.uint64()
    var names: [String] = []
    for _ in 0..<(try reader.count(bytesEach: 8)) { names.append(try reader.string()) }
    let (seed, permutations) = (try reader.uint64(), try reader.int())
    guard let unit = MaximumMeanDiscrepancy.Unit(rawValue: try reader.string()) else {
      throw .damagedProfile("")
    }
    let blockSize = try reader.int()
    guard let scale = MaximumMeanDiscrepancy.Scale(rawValue: try reader.string()),
      let precision = MaximumMeanDiscrepancy.Precision(rawValue: try reader.string())
    else { throw .damagedProfile("") }
    let (tileBlocks, baselineRows) = (try reader.int(), try reader.int())
    let (currentRows, columnCount) = (try reader.int(), try reader.int())
    let digest: [UInt8] = try reader.text()
    var bandwidths: [Double] = []
    for _ in 0..<(try reader.count(bytesEach: 8)) { bandwidths.append(try reader.double()) }
    self.init(
      kernel: kernel, columnNames: names, seed: seed, permutations: permutations, unit: unit,
      blockSize: blockSize, scale: scale, precision: precision, tileBlocks: tileBlocks,
      baselineRows: baselineRows, currentRows: currentRows, columnCount: columnCount,
      digest: digest, bandwidths: bandwidths)
  }
}

extension KernelSums {
  /// Sums are below 2^83 for the most rows that a test can have; so many of these below 2^100 as
  /// there can be shards add up without an overflow.
  private static let largest = Int128(1) << 100

  fileprivate func encode(into writer: inout BinaryWriter) {
    writer.write(bits)
    writer.write(observedBits)
    writer.write(observed != nil)
    if let observed {
      for sum in [observed.first, observed.between, observed.second] { writer.write(sum) }
    }
    writer.write(total)
    writer.write(quadratic.count)
    for (square, line) in zip(quadratic, linear) {
      writer.write(square)
      writer.write(line)
    }
  }

  fileprivate init(from reader: inout BinaryReader) throws(DriftError) {
    let (bits, observedBits) = (try reader.int(), try reader.int())
    guard (-64...64).contains(bits), (0...64).contains(observedBits) else {
      throw .damagedProfile("")
    }
    let observed =
      try reader.bool()
      ? Observed(
        first: try Self.sum(&reader), between: try Self.sum(&reader),
        second: try Self.sum(&reader)) : nil
    let total = try Self.sum(&reader)
    var (quadratic, linear): ([Int128], [Int128]) = ([], [])
    for _ in 0..<(try reader.count(bytesEach: 32)) {
      quadratic.append(try Self.sum(&reader))
      linear.append(try Self.sum(&reader))
    }
    self.init(
      quadratic: quadratic, linear: linear, total: total, bits: bits, observed: observed,
      observedBits: observedBits)
  }

  private static func sum(_ reader: inout BinaryReader) throws(DriftError) -> Int128 {
    let low = UInt128(try reader.uint64())
    let value = Int128(truncatingIfNeeded: UInt128(try reader.uint64()) << 64 | low)
    guard value > -largest, value < largest else { throw .damagedProfile("") }
    return value
  }
}

extension BinaryWriter {
  fileprivate mutating func write(_ value: Int128) {
    write(UInt64(truncatingIfNeeded: value))
    write(UInt64(truncatingIfNeeded: value >> 64))
  }
}
