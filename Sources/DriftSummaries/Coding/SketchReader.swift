internal import Checked

/// Reads the parts of encoded sketches, little endian.
package struct SketchReader {
  private(set) var reader: ByteReader
  /// The bytes of memory that what is read may still take.
  private(set) var memory: Int

  init(_ bytes: ArraySlice<UInt8>, memory: Int = .max) {
    self.init(ByteReader(bytes), memory: memory)
  }

  /// Reads on where another reader stands.
  init(_ reader: ByteReader, memory: Int) {
    self.reader = reader
    self.memory = memory
  }

  /// The bytes that were not read yet.
  var rest: ArraySlice<UInt8> { reader.rest }

  /// Takes memory for what is read: before it is there, as few bytes may stand for very much.
  mutating func charge(_ bytes: Int, _ what: String) throws(SketchError) {
    guard bytes <= memory else {
      throw SketchError(
        .overMemory, at: rest.startIndex,
        "\(what) would take \(bytes) bytes of memory, \(memory) are left; give a higher limit")
    }
    memory -= bytes
  }

  /// The next byte.
  mutating func byte(_ what: String) throws(SketchError) -> UInt8 {
    guard let byte = reader.byte() else { throw truncated(what) }
    return byte
  }

  /// The next 64 bits.
  mutating func word(_ what: String) throws(SketchError) -> UInt64 {
    guard let word = reader.littleEndian(UInt64.self) else { throw truncated(what) }
    return word
  }

  /// A number of as many bytes as it needs (LEB128), at most `limit`.
  mutating func number(_ what: String, atMost limit: Int) throws(SketchError) -> Int {
    let offset = rest.startIndex
    var isCutOff = false
    let number = reader.attempt { reader -> UInt64? in
      var number: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        guard let byte = reader.byte() else {
          isCutOff = true
          return nil
        }
        let bits = UInt64(byte & 0x7F)
        guard shift < 63 || bits <= 1 else { return nil }
        number |= bits << shift
        if byte < 0x80 { return number }
      }
      return nil
    }
    guard let number else {
      guard !isCutOff else { throw truncated(what) }
      throw malformed(
        at: offset, "\(what) has more than 64 bits; the file is damaged or of another kind")
    }
    guard number <= UInt64(max(0, limit)) else {
      throw SketchError(
        .tooLarge, at: offset, "\(what) is \(number), the most expected are \(max(0, limit))")
    }
    return Int(number)
  }

  /// A finite number, not -0.
  mutating func double(_ what: String) throws(SketchError) -> Double {
    let offset = rest.startIndex
    let value = Double(bitPattern: try word(what))
    guard Self.isPlain(value) else { throw notPlain(value, what, at: offset) }
    return value
  }

  /// Bytes, as many as said.
  mutating func bytes(_ count: Int, _ what: String) throws(SketchError) -> ArraySlice<UInt8> {
    guard let bytes = reader.take(count) else { throw truncated(what) }
    return bytes
  }

  /// Numbers that ascend, at most `limit`.
  mutating func sortedDoubles(_ what: String, atMost limit: Int) throws(SketchError) -> [Double] {
    // The lowest bit says whether equal numbers are counted.
    let head = try number(
      "count of \(what)", atMost: limit.multipliedSaturated(by: 2).addingSaturated(1))
    if head & 1 == 1 { return try countedDoubles(head / 2, what, atMost: limit) }
    guard rest.count / 8 >= head / 2 else { throw truncated(what) }
    try charge(8 * (head / 2), what)
    let start = rest.startIndex
    let values = try bytes(8 * (head / 2), what).doubles
    var last = -Double.infinity
    for (index, value) in values.enumerated() {
      let offset = start + 8 * index
      guard Self.isPlain(value) else { throw notPlain(value, what, at: offset) }
      guard value >= last else { throw descends(index, what, at: offset) }
      last = value
    }
    return values
  }

  /// Different numbers that ascend, each with how often it is there.
  private mutating func countedDoubles(
    _ count: Int, _ what: String, atMost limit: Int
  ) throws(SketchError) -> [Double] {
    // Nine bytes is the least that one takes.
    guard rest.count / 9 >= count else { throw truncated(what) }
    var runs: [(value: Double, times: Int)] = []
    runs.reserveCapacity(count)
    var sum = 0
    for index in 0..<count {
      let value = try double(what)
      guard runs.last.map({ $0.value < value }) ?? true else {
        throw descends(index, what, at: rest.startIndex - 8)
      }
      let times = try number("count of a number of \(what)", atMost: limit - sum)
      guard times > 0 else {
        throw malformed(at: rest.startIndex, "a number of \(what) is there 0 times")
      }
      runs.append((value, times))
      sum += times
    }
    try charge(8 * sum, what)
    var values: [Double] = []
    values.reserveCapacity(sum)
    for run in runs { values.append(contentsOf: repeatElement(run.value, count: run.times)) }
    return values
  }

  /// Whether a number may be in a sketch.
  private static func isPlain(_ value: Double) -> Bool {
    value.isFinite && (value != 0 || value.sign == .plus)
  }

  private func notPlain(_ value: Double, _ what: String, at offset: Int) -> SketchError {
    malformed(at: offset, "\(what) is \(value), expected a finite number other than -0")
  }

  private func descends(_ index: Int, _ what: String, at offset: Int) -> SketchError {
    malformed(at: offset, "number \(index) of \(what) is less than the one before")
  }

  /// An error here or there.
  func malformed(at offset: Int? = nil, _ message: String) -> SketchError {
    SketchError(.malformed, at: offset ?? rest.startIndex, message)
  }

  private func truncated(_ what: String) -> SketchError {
    SketchError(
      .truncated, at: rest.endIndex,
      "the bytes end before \(what); the file is cut off, write it again")
  }
}

extension [UInt8] {
  /// Appends a number of as many bytes as it needs.
  mutating func append(number: Int) {
    var rest = UInt64(number)
    while rest >= 0x80 {
      append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Appends 64 bits.
  mutating func append(word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  /// Appends a number.
  mutating func append(double value: Double) { append(word: value.bitPattern) }

  /// Appends numbers that ascend, equal ones counted if that takes fewer bytes.
  mutating func append(sortedDoubles values: [Double]) {
    guard let runs = Self.runs(of: values) else {
      append(number: values.count << 1)
      append(doubles: values)
      return
    }
    append(number: runs.count << 1 | 1)
    for run in runs {
      append(double: run.value)
      append(number: run.count)
    }
  }

  /// Equal numbers, counted; nil if that takes no fewer bytes.
  private static func runs(of values: [Double]) -> [(value: Double, count: Int)]? {
    // Nine bytes is the least that a run takes.
    let most = values.count * 8 / 9
    var different = 0
    var last = Double.nan
    for value in values {
      if value != last { different += 1 }
      last = value
    }
    guard different <= most else { return nil }
    var runs: [(value: Double, count: Int)] = []
    for value in values {
      if let last = runs.last, last.value == value {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((value, 1))
      }
    }
    let size = runs.reduce(0) { $0 + 8 + Self.size(ofNumber: $1.count) }
    return size < 8 * values.count ? runs : nil
  }

  /// Appends numbers, 8 bytes each.
  mutating func append(doubles values: [Double]) {
    #if _endian(little)
      values.withUnsafeBytes { append(contentsOf: $0) }
    #else
      for value in values { append(double: value) }
    #endif
  }

  private static func size(ofNumber number: Int) -> Int {
    Swift.max(1, (Int.bitWidth - number.leadingZeroBitCount + 6) / 7)
  }
}

extension ArraySlice<UInt8> {
  /// The numbers that are in these bytes, 8 bytes each, little endian.
  var doubles: [Double] {
    [Double](unsafeUninitializedCapacity: count / 8) { values, initialized in
      withUnsafeBytes { bytes in
        for index in values.indices {
          let word = bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
          values.initializeElement(at: index, to: Double(bitPattern: UInt64(littleEndian: word)))
        }
      }
      initialized = count / 8
    }
  }
}
