internal import Glibc

/// Lets threads do something one after the other, in the order of their numbers.
package final class Turns: @unchecked Sendable {
  // POSIX wants both at places that do not move. `next` is only touched with the mutex held.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var next = 0

  /// Number 0 is the first.
  package init() {
    mutex = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    changed.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Waits until all smaller numbers are done, calls `body` and lets the next one go on. Every
  /// number is to be taken once.
  package func take(_ number: Int, _ body: () -> Void) {
    pthread_mutex_lock(mutex)
    while next != number { pthread_cond_wait(changed, mutex) }
    pthread_mutex_unlock(mutex)
    body()
    pthread_mutex_lock(mutex)
    next += 1
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }
}
