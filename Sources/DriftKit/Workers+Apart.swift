internal import Parallel

extension Workers {
  /// Runs work that may take minutes on a thread of its own, which ends with the call, while the
  /// caller's task is suspended: neither its actor nor a thread of the common pool, of which there are
  /// only as many as processors, is kept busy.
  ///
  /// - Parameter body: The work. It gets a function to call now and then, which throws once the task is
  ///   cancelled.
  /// - Returns: What `body` returns.
  /// - Throws: `CancellationError` when the task is cancelled already; what `body` throws.
  @concurrent static func apart<Value: Sendable>(
    _ body: @escaping @Sendable (_ checkCancellation: () throws -> Void) throws -> Value
  ) async throws -> Value {
    try Task.checkCancellation()
    let cancellation = Cancellation()
    var helper: Helper?
    // It has nothing left to do when this is reached.
    defer { helper?.join() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let work: @Sendable () -> Void = {
          continuation.resume(with: Result { try body(cancellation.check) })
        }
        let thread = Helper(work)
        // A host at its limit of threads gets its answer from a thread of the pool.
        if thread.start() { helper = thread } else { work() }
      }
    } onCancel: {
      cancellation.request()
    }
  }
}
