/// Reads the parts of encoded sketches, little endian.
struct SketchReader {
  /// The bytes that were not read yet.
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next byte.
  mutating func byte(_ what: String) throws(SketchError) -> UInt8 {
    guard let byte = rest.popFirst() else { throw truncated(what) }
    return byte
  }

  /// The next 64 bits.
  mutating func word(_ what: String) throws(SketchError) -> UInt64 {
    guard rest.count >= 8 else { throw truncated(what) }
    let word = rest.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    rest = rest.dropFirst(8)
    return UInt64(littleEndian: word)
  }

  /// A number of as many bytes as it needs (LEB128), at most `limit`.
  mutating func number(_ what: String, atMost limit: Int) throws(SketchError) -> Int {
    let offset = rest.startIndex
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let byte = try byte(what)
      let bits = UInt64(byte & 0x7F)
      guard shift < 63 || bits <= 1 else { break }
      number |= bits << shift
      if byte < 0x80 {
        guard number <= UInt64(max(0, limit)) else {
          throw SketchError(
            .tooLarge, at: offset, "\(what) is \(number), the most expected are \(max(0, limit))")
        }
        return Int(number)
      }
    }
    throw malformed(
      at: offset, "\(what) has more than 64 bits; the file is damaged or of another kind")
  }

  /// A finite number, not -0.
  mutating func double(_ what: String) throws(SketchError) -> Double {
    let offset = rest.startIndex
    let value = Double(bitPattern: try word(what))
    guard value.isFinite, value != 0 || value.sign == .plus else {
      throw malformed(at: offset, "\(what) is \(value), expected a finite number other than -0")
    }
    return value
  }

  /// Bytes, as many as said.
  mutating func bytes(_ count: Int, _ what: String) throws(SketchError) -> ArraySlice<UInt8> {
    guard rest.count >= count else { throw truncated(what) }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// Numbers that ascend, at most `limit`.
  mutating func sortedDoubles(_ what: String, atMost limit: Int) throws(SketchError) -> [Double] {
    let offset = rest.startIndex
    // The lowest bit says whether equal numbers are counted.
    let head = try number("count of \(what)", atMost: 2 * limit + 1)
    var values: [Double] = []
    if head & 1 == 0 {
      guard rest.count / 8 >= head / 2 else { throw truncated(what) }
      values.reserveCapacity(head / 2)
    }
    for index in 0..<head / 2 {
      let value = try double(what)
      let isNext = values.last.map { head & 1 == 0 ? $0 <= value : $0 < value } ?? true
      guard isNext else {
        throw malformed(
          at: rest.startIndex - 8, "number \(index) of \(what) is less than the one before")
      }
      guard head & 1 == 1 else {
        values.append(value)
        continue
      }
      let times = try number("count of a number of \(what)", atMost: limit - values.count)
      guard times > 0 else {
        throw malformed(at: rest.startIndex, "a number of \(what) is there 0 times")
      }
      values.append(contentsOf: repeatElement(value, count: times))
    }
    guard values.count <= limit else {
      throw SketchError(
        .tooLarge, at: offset, "\(what) are \(values.count), the most expected are \(limit)")
    }
    return values
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
    var runs: [(value: Double, count: Int)] = []
    // Nine bytes is the least that a run takes.
    let most = values.count * 8 / 9
    for value in values {
      if let last = runs.last, last.value == value {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((value, 1))
        if runs.count > most { break }
      }
    }
    let counts = runs.reduce(0) { $0 + 8 + Self.size(ofNumber: $1.count) }
    if runs.count <= most, counts < 8 * values.count {
      append(number: runs.count << 1 | 1)
      for run in runs {
        append(double: run.value)
        append(number: run.count)
      }
    } else {
      append(number: values.count << 1)
      let words = values.map { $0.bitPattern.littleEndian }
      words.withUnsafeBytes { words in
        words.withMemoryRebound(to: UInt8.self) { append(contentsOf: $0) }
      }
    }
  }

  private static func size(ofNumber number: Int) -> Int {
    Swift.max(1, (Int.bitWidth - number.leadingZeroBitCount + 6) / 7)
  }
}
