internal import Glibc

/// One POSIX thread.
package final class Helper {
  private var thread = pthread_t()
  private let work: @Sendable () -> Void

  /// A thread that is to do some work.
  package init(_ work: @escaping @Sendable () -> Void) { self.work = work }

  /// Starts it; false where the system lets no more threads start.
  package func start() -> Bool {
    let box = Unmanaged.passRetained(Work(work))
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    if status != 0 { box.release() }
    return status == 0
  }

  /// Waits for its end.
  package func join() { pthread_join(thread, nil) }
}

private final class Work: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
