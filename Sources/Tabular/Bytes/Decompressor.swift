internal import CDecompress

/// Decompresses an input that is read one time, from its beginning.
///
/// Unchecked: it belongs to one source.
final class Decompressor: @unchecked Sendable {
  private let compression: Compression
  private let handle: OpaquePointer
  /// Compressed bytes that were read; those from `start` to `end` are still to be decompressed.
  private let input: UnsafeMutablePointer<UInt8>
  private var start = 0
  private var end: Int
  private var isLast = false
  /// Compressed bytes that were decompressed.
  private(set) var position = 0

  private static let capacity = 128 << 10

  /// A decompressor of an input whose first bytes, 128 KiB at most, were read already.
  ///
  /// - Throws: `CSVError` when the system gives no memory.
  init(_ compression: Compression, prefix: [UInt8], name: String) throws(CSVError) {
    guard let handle = drift_decompressor_create(compression.format) else {
      throw Self.noMemory(name)
    }
    self.compression = compression
    self.handle = handle
    input = .allocate(capacity: Self.capacity)
    end = prefix.count
    for (index, byte) in prefix.enumerated() { input[index] = byte }
  }

  deinit {
    drift_decompressor_destroy(handle)
    input.deallocate()
  }

  /// Fills the front of a buffer, as `StoredBytes` does.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, from source: inout StoredBytes
  ) throws(CSVError) -> Int {
    guard let output = buffer.baseAddress, buffer.count > 0 else { return 0 }
    let bytes = output.assumingMemoryBound(to: UInt8.self)
    while true {
      if start == end && !isLast {
        // Nothing is changed before the bytes are there: whoever goes on after an error must not find
        // the old ones again.
        let count = try source.read(
          into: UnsafeMutableRawBufferPointer(start: input, count: Self.capacity))
        (start, end) = (0, count)
        isLast = count == 0
      }
      let step = drift_decompress(handle, input + start, end - start, isLast, bytes, buffer.count)
      start += step.used
      position += step.used
      if step.written > 0 { return step.written }
      if step.state == DRIFT_DECOMPRESSION_ENDED { return 0 }
      if step.state != DRIFT_DECOMPRESSION_GOES_ON {
        // Half of an old file and half of a new one are no damage.
        throw source.hasChanged ? CSVError.changed(source.name) : failure(step, source.name)
      }
    }
  }

  private static func noMemory(_ name: String) -> CSVError {
    CSVError(
      .ioError, file: name, "there is no memory to decompress it; raise the memory limit")
  }

  private func failure(_ step: drift_decompression, _ name: String) -> CSVError {
    let offset = Int(clamping: step.offset)
    let data = "the \(compression.name) data"
    let again = "copy or compress the file again"
    func error(_ code: CSVError.Code, _ detail: String) -> CSVError {
      CSVError(code, file: name, byteOffset: offset, detail)
    }
    switch step.state {
    case DRIFT_DECOMPRESSION_CUT_OFF:
      return error(.damaged, "\(data) ends early, after \(offset) bytes; \(again)")
    case DRIFT_DECOMPRESSION_FOLLOWED:
      return error(
        .damaged,
        "something else follows \(data) at byte \(offset); remove it, or \(again)")
    case DRIFT_DECOMPRESSION_WINDOW:
      return error(
        .unsupported,
        "\(data) at byte \(offset) needs a window of more than "
          + "\(1 << (DRIFT_ZSTD_WINDOW_LOG - 20)) MiB of memory; "
          + "compress it with --long=\(DRIFT_ZSTD_WINDOW_LOG) or less")
    case DRIFT_DECOMPRESSION_DICTIONARY:
      return error(
        .unsupported,
        "\(data) at byte \(offset) needs a dictionary; compress it without one")
    case DRIFT_DECOMPRESSION_MEMORY:
      return Self.noMemory(name)
    default:
      let reason = step.reason.map { " (\(String(cString: $0)))" } ?? ""
      return error(.damaged, "\(data) is damaged at byte \(offset)\(reason); \(again)")
    }
  }
}
