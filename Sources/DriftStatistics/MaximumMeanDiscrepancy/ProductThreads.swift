internal import COpenBLAS

/// On how many threads products may be computed at once.
///
/// OpenBLAS without threads of its own (`libopenblas0-serial`) hands the same memory to two callers
/// now and then, also where it was built with locks: one in some thousand products is wrong then.
package enum ProductThreads {
  /// - Parameters:
  ///   - threads: How many are wanted.
  ///   - isShared: Whether the library may be called by several; nil for the one that is loaded.
  /// - Returns: How many may be used, at least 1.
  package static func most(_ threads: Int, isShared: Bool? = nil) -> Int {
    isShared ?? (openblas_get_parallel() != 0) ? threads : 1
  }
}
