internal import COpenBLAS

/// On how many threads products may be computed at once.
///
/// OpenBLAS without threads of its own (`libopenblas0-serial`) hands the same memory to two callers
/// now and then, also where it was built with locks: one in some thousand products is wrong then.
enum ProductThreads {
  /// - Parameters:
  ///   - threads: How many are wanted.
  ///   - isShared: Whether the library that the process loaded may be called by several.
  /// - Returns: How many may be used, at least 1.
  static func most(_ threads: Int, isShared: Bool = openblas_get_parallel() != 0) -> Int {
    isShared ? threads : 1
  }
}
