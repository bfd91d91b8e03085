import Glibc

/// Ends the process cleanly on SIGINT, SIGTERM and SIGHUP, also as process 1 of a container.
///
/// One thread waits for them, with no limits on what it may do; all others block them. Libraries may
/// start threads before `main`, which cannot be made to block anything: a handler passes on what
/// these threads get. For process 1 the kernel drops signals with the default action, but neither
/// blocked nor handled ones: up to here the handlers of CProcess end the process.
package enum Signals {
  /// Starts the thread that waits. To be called once, on the main thread and before threads are
  /// started: they inherit the set of blocked signals.
  ///
  /// Also makes writes to closed pipes and too large files fail with an error instead of a
  /// signal. A signal that the parent had set to be ignored (nohup, a background job) stays so.
  /// - Parameters:
  ///   - inFlight: What to remove when a signal comes.
  ///   - logger: Where to tell about it.
  package static func watch(_ inFlight: OutputInFlight, _ logger: Logger) {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    let watched = [SIGINT, SIGTERM, SIGHUP].filter { !isIgnored($0) }
    guard !watched.isEmpty else { return }
    var set = sigset_t()
    sigemptyset(&set)
    for number in watched { sigaddset(&set, number) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    guard startThread(Watcher(set: set, inFlight: inFlight, logger: logger)) else {
      // Without the thread the handlers that were there must work.
      pthread_sigmask(SIG_UNBLOCK, &set, nil)
      return
    }
    for number in watched { passOn(number) }
  }

  /// Installs the handler for threads that do not block the signal: it blocks it in its thread
  /// from now on (the set in the context is what the thread returns to) and sends it again.
  private static func passOn(_ number: Int32) {
    var action = sigaction()
    action.sa_flags = SA_SIGINFO | SA_RESTART
    action.__sigaction_handler.sa_sigaction = { number, _, context in
      guard let context = context?.assumingMemoryBound(to: ucontext_t.self) else { return }
      sigaddset(&context.pointee.uc_sigmask, number)
      kill(getpid(), number)
    }
    sigaction(number, &action, nil)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    return handler == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func startThread(_ watcher: Watcher) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let context = Unmanaged.passRetained(watcher)
    let code = pthread_create(
      &thread, &attributes,
      { context in
        guard let context else { return nil }
        Unmanaged<Watcher>.fromOpaque(context).takeRetainedValue().run()
      }, context.toOpaque())
    if code != 0 { context.release() }
    return code == 0
  }
}

/// What the waiting thread needs.
private final class Watcher: Sendable {
  private let set: sigset_t
  private let inFlight: OutputInFlight
  private let logger: Logger

  init(set: sigset_t, inFlight: OutputInFlight, logger: Logger) {
    self.set = set
    self.inFlight = inFlight
    self.logger = logger
  }

  func run() -> Never {
    var set = set
    var number: Int32 = 0
    while sigwait(&set, &number) != 0 {}
    let outcome = outcome(of: number)
    inFlight.abandon { wasWritten in
      logger.statusLine.end()
      // A reader that does not read must not keep the process alive.
      if Descriptor.waitUntilWritable(logger.descriptor, milliseconds: 100) {
        let report =
          wasWritten ? "the report was already written" : "no report was written"
        let fields = [("report_written", LogValue.bool(wasWritten))]
        logger.write(LogLine(.notice, outcome.event, "\(outcome.words); \(report)", fields))
      }
      _exit(outcome.code.rawValue)
    }
  }

  private func outcome(of number: Int32) -> (event: String, words: String, code: ExitCode) {
    switch number {
    case SIGINT: ("interrupt", "interrupted", .interrupted)
    case SIGHUP: ("hang-up", "hung up", .hangUp)
    default: ("terminate", "terminated", .terminated)
    }
  }
}
