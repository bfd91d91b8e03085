/// The form of partial sums in a file.
///
///     bytes 0..<8    "DRIFTMMD"
///     bytes 8..<16   version, 1
///     bytes 16..<24  number of bytes that follow, without the checksum
///     ...            shards, signature and sums, as `encode` below writes them
///     last 8 bytes   CRC-32C of all bytes before, as a 64-bit number
///
/// Numbers are as in a profile, and integers of 128 bits have their lower half first. A later version
/// may only be read by a later library.
extension MaximumMeanDiscrepancy.PartialSums {
  private static let magic = Array("DRIFTMMD".utf8)
  private static let version: UInt64 = 1

  /// Whether some bytes begin the sums of a file.
  package static func areSums(_ beginning: some Sequence<UInt8>) -> Bool {
    beginning.starts(with: magic)
  }

  /// The sums as the bytes of a file.
  /// - Complexity: O(permutations): 32 bytes for each.
  public func encoded() -> [UInt8] {
    var body = BinaryWriter()
    body.write(shardCount)
    body.write(shards.sorted().map(Int64.init))
    signature.encode(into: &body)
    sums.encode(into: &body)
    var file = BinaryWriter()
    file.append(Self.magic)
    file.write(Self.version)
    file.write(body.bytes.count)
    file.append(body.bytes)
    file.write(UInt64(file.bytes.withUnsafeBytes(Checksum.crc32c)))
    return file.bytes
  }

  /// Sums from the bytes of a file.
  ///
  /// - Throws: ``PartialSumsError`` for anything but whole sums of a known version.
  /// - Complexity: O(bytes).
  public init(decoding bytes: [UInt8]) throws(PartialSumsError) {
    guard Self.areSums(bytes) else {
      throw PartialSumsError(
        .damaged,
        "no MMD sums: it does not begin with 'DRIFTMMD'; give the output of "
          + "'drift-check mmd-shard'")
    }
    let version: UInt64
    let size: Int
    do throws(DriftError) {
      var reader = BinaryReader(bytes.dropFirst(Self.magic.count))
      version = try reader.uint64()
      size = try reader.int()
    } catch {
      throw .damaged("they end too early")
    }
    guard version == Self.version else {
      throw PartialSumsError(
        .damaged,
        "the MMD sums have version \(version), this program reads version \(Self.version); "
          + (version > Self.version ? "update the program" : "make them again"))
    }
    guard bytes.count >= 32, size == bytes.count - 32 else {
      throw .damaged(
        "\(bytes.count) bytes, where \(size.addingReportingOverflow(32).partialValue) "
          + "are announced")
    }
    var checksum = BinaryWriter()
    checksum.write(UInt64(bytes.dropLast(8).withUnsafeBytes(Checksum.crc32c)))
    guard bytes.suffix(8).elementsEqual(checksum.bytes) else {
      throw .damaged("their checksum does not match")
    }
    do throws(DriftError) {
      var body = BinaryReader(bytes[24..<(bytes.count - 8)])
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
      self.init(
        shards: shards, of: count, signature: try KernelTest.Signature(from: &body),
        sums: try KernelSums(from: &body))
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
    writer.write(bandwidth)
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
    self.init(
      kernel: kernel, columnNames: names, seed: seed, permutations: permutations, unit: unit,
      blockSize: blockSize, scale: scale, precision: precision, tileBlocks: try reader.int(),
      baselineRows: try reader.int(), currentRows: try reader.int(),
      columnCount: try reader.int(), digest: try reader.text(), bandwidth: try reader.double())
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
