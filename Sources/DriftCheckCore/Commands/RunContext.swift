/// What a run has of the process that it is in.
package struct RunContext: Sendable {
  /// Where variables are looked up.
  let environment: Environment
  /// Where messages go.
  let logger: Logger
  /// What is being written.
  let inFlight: OutputInFlight
}
