internal import Glibc

/// Makes UTF-8 of text in another encoding, that is read one time from its beginning.
///
/// Unchecked: it belongs to one source.
final class TextDecoder: @unchecked Sendable {
  private let encoding: TextEncoding
  private let name: String
  private let handle: iconv_t
  /// Encoded bytes that were read; those from `start` to `end` are still to be decoded.
  private let input: UnsafeMutablePointer<UInt8>
  private var start = 0
  private var end: Int
  /// Encoded bytes that were decoded, and the lines in them.
  private var position = 0
  private var line = 1
  private var followsCarriageReturn = false
  /// UTF-8 that nobody has taken, from `outputStart` to `outputEnd`.
  private let output: UnsafeMutablePointer<UInt8>
  private var outputStart = 0
  private var outputEnd = 0
  /// All is decoded.
  private(set) var isAtEnd = false
  /// Why the text behind what was decoded cannot be.
  private(set) var failure: CSVError?

  private static let capacity = 64 << 10
  /// One byte becomes three, or four of two: a character in UTF-8 has at most four.
  private static let outputCapacity = 4 * capacity

  /// A decoder of an input whose first bytes, 64 KiB at most, were read already.
  ///
  /// - Throws: `CSVError` when the C library has no such encoding.
  init(_ encoding: TextEncoding, prefix: [UInt8], name: String) throws(CSVError) {
    guard let handle = encoding.open() else {
      throw CSVError(
        .invalidOptions, file: name,
        "the C library cannot decode \(encoding.name); 'iconv -l' lists the encodings it has")
    }
    self.handle = handle
    self.encoding = encoding
    self.name = name
    input = .allocate(capacity: Self.capacity)
    output = .allocate(capacity: Self.outputCapacity)
    end = prefix.count
    for (index, byte) in prefix.enumerated() { input[index] = byte }
    if end > 0 { decode() }
  }

  deinit {
    iconv_close(handle)
    input.deallocate()
    output.deallocate()
  }

  /// Room for encoded bytes, behind those that are begun.
  var space: UnsafeMutableRawBufferPointer {
    if start > 0 {
      input.update(from: input + start, count: end - start)
      (start, end) = (0, end - start)
    }
    return UnsafeMutableRawBufferPointer(start: input + end, count: Self.capacity - end)
  }

  /// Decodes so many bytes that were put into `space`; none at the end of the input.
  func decode(adding count: Int) {
    end += count
    isAtEnd = count == 0
    decode()
    if isAtEnd, failure == nil, start < end {
      failure = error("the text ends within a character", bytes: end - start)
    }
  }

  /// Fills the front of a buffer with UTF-8; 0 when there is none.
  func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, outputEnd - outputStart)
    guard count > 0 else { return 0 }
    buffer.copyBytes(from: UnsafeRawBufferPointer(start: output + outputStart, count: count))
    outputStart += count
    return count
  }

  private func decode() {
    guard failure == nil else { return }
    let first = input + start
    var source: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(first).assumingMemoryBound(
      to: CChar.self)
    var sourceCount = end - start
    var target: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(output).assumingMemoryBound(
      to: CChar.self)
    var targetCount = Self.outputCapacity
    let result = iconv(handle, &source, &sourceCount, &target, &targetCount)
    let number = errno
    let used = end - start - sourceCount
    start += used
    position += used
    (outputStart, outputEnd) = (0, Self.outputCapacity - targetCount)
    countLines()
    // An incomplete character waits for its rest.
    guard result == -1, number == EILSEQ else { return }
    failure = error("no \(encoding.name) text", bytes: min(end - start, 4))
  }

  private func countLines() {
    for index in 0..<outputEnd {
      let byte = output[index]
      if byte == 0x0D || (byte == 0x0A && !followsCarriageReturn) { line += 1 }
      followsCarriageReturn = byte == 0x0D
    }
  }

  private func error(_ what: String, bytes count: Int) -> CSVError {
    let digits = (0..<count).map { index in
      let text = String(input[start + index], radix: 16, uppercase: true)
      return text.count < 2 ? "0" + text : text
    }
    return CSVError(
      .notText, file: name, line: line, byteOffset: position,
      "\(what) at byte \(position): 0x\(digits.joined(separator: " 0x")); "
        + "give the encoding that it has by --encoding, or save it as UTF-8")
  }
}
