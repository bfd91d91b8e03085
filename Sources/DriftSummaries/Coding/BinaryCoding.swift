internal import Checked
package import DriftColumns

/// Bytes on their way into a file: little-endian numbers, texts with their length before them.
package struct BinaryWriter {
  package private(set) var bytes: [UInt8] = []

  /// Makes room for so many bytes, so that what is there need not be moved.
  package mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

  package mutating func write(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes over eight bytes that were written before.
  mutating func overwrite(at offset: Int, _ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) {
      bytes.replaceSubrange(offset..<offset + 8, with: $0)
    }
  }

  package mutating func write(_ value: Int) { write(UInt64(bitPattern: Int64(value))) }
  package mutating func write(_ value: Double) { write(value.bitPattern) }
  package mutating func write(_ value: UInt8) { bytes.append(value) }
  package mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

  package mutating func write(_ text: some Collection<UInt8>) {
    write(text.count)
    bytes.append(contentsOf: text)
  }

  package mutating func write(_ text: String) { write(Array(text.utf8)) }

  package mutating func write(_ values: [Double]) {
    write(values.count)
    append(values)
  }

  package mutating func write(_ values: [Int64]) {
    write(values.count)
    for value in values { write(Int(value)) }
  }

  /// Appends numbers without their number.
  package mutating func append(_ values: [Double]) {
    bytes.append(doubles: values)
  }

  /// Appends bytes as they are.
  package mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  /// Appends what a body writes.
  package mutating func append(_ body: (inout [UInt8]) -> Void) { body(&bytes) }
}

/// Bytes of a file, read one thing after the other. Whatever they are, nothing is read beyond them,
/// and what is read takes no more memory than it may.
package struct BinaryReader {
  /// More rows would make products of counts overflow.
  package static let mostRows = 1 << 50

  private var bytes: ByteReader
  /// The bytes that all that is read may take in memory.
  private let limit: Int
  /// How many of them are left.
  private var memory: Int

  /// - Parameters:
  ///   - bytes: What is read.
  ///   - limit: The bytes that it may take in memory, about.
  package init(_ bytes: ArraySlice<UInt8>, limit: Int = .max) {
    self.bytes = ByteReader(bytes)
    self.limit = limit
    memory = limit
  }

  /// Takes memory for what is read next.
  mutating func charge(_ bytes: Int) throws(DriftError) {
    guard bytes <= memory else { throw .profileTooLarge(limit) }
    memory -= bytes
  }

  /// How many bytes were not read yet.
  private var rest: Int { bytes.count }

  /// Whether all was read.
  package var isAtEnd: Bool { bytes.isAtEnd }

  package mutating func take(_ count: Int) throws(DriftError) -> ArraySlice<UInt8> {
    guard let taken = bytes.take(count) else { throw .damagedProfile("it ends too early") }
    return taken
  }

  package mutating func uint64() throws(DriftError) -> UInt64 {
    guard let word = bytes.littleEndian(UInt64.self) else {
      throw .damagedProfile("it ends too early")
    }
    return word
  }

  package mutating func int() throws(DriftError) -> Int {
    Int(Int64(bitPattern: try uint64()))
  }

  /// A number of things that have at least so many bytes each in what follows, and in memory.
  package mutating func count(bytesEach: Int) throws(DriftError) -> Int {
    let count = try int()
    guard count >= 0, count <= rest / max(bytesEach, 1) else {
      throw .damagedProfile("a count is out of range")
    }
    try charge(count * bytesEach)
    return count
  }

  /// A number of rows.
  package mutating func rows() throws(DriftError) -> Int {
    let rows = try int()
    guard rows >= 0, rows <= Self.mostRows else {
      throw .damagedProfile("a number of rows is out of range")
    }
    return rows
  }

  package mutating func double() throws(DriftError) -> Double { Double(bitPattern: try uint64()) }

  package mutating func byte() throws(DriftError) -> UInt8 { try take(1).first ?? 0 }

  package mutating func decode<Value>(
    _ body: (inout SketchReader) throws(SketchError) -> Value
  ) throws(DriftError) -> Value {
    var reader = SketchReader(bytes, memory: memory)
    do throws(SketchError) {
      let value = try body(&reader)
      bytes = reader.reader
      memory = reader.memory
      return value
    } catch {
      if error.code == .overMemory { throw .profileTooLarge(limit) }
      throw .damagedProfile(error.message)
    }
  }

  package mutating func bool() throws(DriftError) -> Bool {
    let byte = try byte()
    guard byte < 2 else { throw .damagedProfile("a switch is neither on nor off") }
    return byte == 1
  }

  package mutating func text() throws(DriftError) -> [UInt8] {
    Array(try take(try count(bytesEach: 1)))
  }

  package mutating func string() throws(DriftError) -> String {
    let bytes = try text()
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.elementsEqual(bytes) else { throw .damagedProfile("a name is not UTF-8") }
    return text
  }

  mutating func doubles() throws(DriftError) -> [Double] {
    let count = try count(bytesEach: 8)
    return try numbers(count)
  }

  /// So many numbers.
  mutating func doubles(_ count: Int) throws(DriftError) -> [Double] {
    guard count >= 0, count <= rest / 8 else { throw .damagedProfile("it ends too early") }
    try charge(8 * count)
    return try numbers(count)
  }

  private mutating func numbers(_ count: Int) throws(DriftError) -> [Double] {
    try take(8 * count).doubles
  }

  mutating func ints() throws(DriftError) -> [Int64] {
    var values: [Int64] = []
    for _ in 0..<(try count(bytesEach: 8)) { values.append(Int64(try int())) }
    return values
  }
}

extension DriftError {
  package static func damagedProfile(_ detail: String) -> DriftError {
    DriftError(
      .damagedProfile, "the profile is damaged: \(detail); make it again or copy it once more")
  }

  /// What is read would take more memory than it may.
  static func profileTooLarge(_ limit: Int) -> DriftError {
    DriftError(
      .profileTooLarge,
      "the profile takes more than the \(limit >> 20) MB of memory that it may",
      recovery: .higherLimit)
  }
}
