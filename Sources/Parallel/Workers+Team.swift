extension Workers {
  /// Runs `help` on each of some threads while `lead` runs on the caller's, and waits for all.
  ///
  /// For work that is handed out by somebody else. When `lead` throws it must have told the helpers
  /// to end.
  ///
  /// - Parameters:
  ///   - helpers: How many threads to start; fewer when the host is at its limit.
  ///   - help: What each of them does.
  ///   - lead: What the caller's thread does meanwhile.
  /// - Throws: What `lead` throws, when all helpers have ended.
  package static func team(
    helpers: Int, help: @escaping @Sendable () -> Void, lead: () throws -> Void
  ) throws {
    var running: [Helper] = []
    for _ in 0..<max(0, min(helpers, mostThreads - 1)) {
      let helper = Helper(help)
      guard helper.start() else { break }
      running.append(helper)
    }
    let outcome = Result { try lead() }
    for helper in running { helper.join() }
    try outcome.get()
  }
}
