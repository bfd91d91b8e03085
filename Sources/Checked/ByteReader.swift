/// Reads bytes that come from outside, one thing after the other: the one way to get at them by place.
///
/// Whatever the bytes are, nothing is read beyond them, and what is not there takes nothing: after a
/// nil the reader stands where it stood.
package struct ByteReader: Sendable {
  @usableFromInline let bytes: ArraySlice<UInt8>
  /// The index of the byte that is next, from the start of `bytes` to their end.
  @usableFromInline var next: Int

  /// A reader at the beginning of some bytes.
  @inlinable
  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    next = bytes.startIndex
  }

  /// A reader at the beginning of some bytes.
  @inlinable
  package init(_ bytes: [UInt8]) { self.init(bytes[...]) }

  /// How many bytes were read.
  @inlinable package var offset: Int { next - bytes.startIndex }

  /// How many bytes were not read yet.
  @inlinable package var count: Int { bytes.endIndex - next }

  /// Whether all bytes were read.
  @inlinable package var isAtEnd: Bool { next == bytes.endIndex }

  /// The bytes that were not read yet, with their indices in what the reader was made of.
  @inlinable package var rest: ArraySlice<UInt8> { bytes[next...] }

  /// The byte so many places behind the next one; nil where there is none.
  @inlinable
  package func peek(_ ahead: Int = 0) -> UInt8? {
    guard ahead >= 0, ahead < count else { return nil }
    return bytes[next + ahead]
  }

  /// Takes the next byte.
  @inlinable
  package mutating func byte() -> UInt8? {
    guard next < bytes.endIndex else { return nil }
    defer { next += 1 }
    return bytes[next]
  }

  /// Takes so many bytes.
  @inlinable
  package mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= self.count else { return nil }
    defer { next += count }
    return bytes[next..<next + count]
  }

  /// Takes the bytes up to the first that is another kind, which may be none.
  @inlinable
  package mutating func take(while isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = next
    while next < bytes.endIndex, isWanted(bytes[next]) { next += 1 }
    return bytes[start..<next]
  }

  /// Whether a word is next.
  @inlinable
  package func isBefore(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { rest.starts(with: $0) }
  }

  /// Takes a word if it is next.
  @inlinable
  package mutating func take(_ word: StaticString) -> Bool {
    guard isBefore(word) else { return false }
    next += word.utf8CodeUnitCount
    return true
  }

  /// Takes a number of as many bytes as its type has, the lowest first.
  @inlinable
  package mutating func littleEndian<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type
  ) -> Number? {
    guard count >= MemoryLayout<Number>.size else { return nil }
    defer { next += MemoryLayout<Number>.size }
    let offset = offset
    return Number(
      littleEndian: bytes.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: offset, as: Number.self)
      })
  }

  /// Takes something of several parts: all of them, or nothing when `body` gives nil or throws.
  @inlinable
  package mutating func attempt<Value, Failure: Error>(
    _ body: (inout ByteReader) throws(Failure) -> Value?
  ) throws(Failure) -> Value? {
    var ahead = self
    guard let value = try body(&ahead) else { return nil }
    next = ahead.next
    return value
  }
}
