internal import CProcess

/// Memory for the products of MMD, taken before they begin: OpenBLAS asks for ever where it gets none.
enum ProductMemory {
  /// How many threads of `threads` can compute products.
  /// - Throws: `MemoryError` when not even one can.
  static func threads(_ threads: Int) throws(MemoryError) -> Int {
    let count = Int(drift_blas_reserve(Int32(clamping: threads)))
    guard count > 0 else {
      throw MemoryError(
        detail: "not enough memory for MMD: \(drift_blas_thread_bytes() >> 20) MB of address space "
          + "are needed for each thread; raise the limit (ulimit -v) or leave MMD out (--no-mmd)")
    }
    return min(threads, count)
  }
}
