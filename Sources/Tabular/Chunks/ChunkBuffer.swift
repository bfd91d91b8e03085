internal import CTextKernels

/// Memory for the bytes of one chunk, readable beyond both ends as the kernels want it.
///
/// Unchecked: it belongs to one reader; the cutter fills it in that reader's call.
final class ChunkBuffer: @unchecked Sendable {
  private var memory: UnsafeMutablePointer<UInt8>
  /// Bytes that fit.
  private(set) var capacity: Int

  private static let padding = Int(DRIFT_TEXT_PADDING)

  /// A buffer that grows when it is needed.
  init() {
    capacity = 0
    memory = Self.allocate(0)
  }

  deinit {
    memory.deallocate()
  }

  /// The first byte.
  var bytes: UnsafeMutablePointer<UInt8> { memory + Self.padding }

  /// Makes room for so many bytes; the first few are kept.
  func reserve(_ count: Int, keeping kept: Int) {
    guard count > capacity else { return }
    let larger = Self.allocate(count)
    (larger + Self.padding).update(from: bytes, count: kept)
    memory.deallocate()
    memory = larger
    capacity = count
  }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 2 * padding)
    // The kernels look at the padding and do not use what they see.
    memory.initialize(repeating: 0, count: padding)
    (memory + padding + count).initialize(repeating: 0, count: padding)
    return memory
  }
}
