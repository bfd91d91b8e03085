internal import CProcess
internal import DriftReport
internal import Glibc

/// The program.
package enum DriftCheck {
  /// Runs a command line to its end.
  ///
  /// - Parameter arguments: The words of the command line, the program's name first.
  /// - Returns: The code to exit with.
  package static func main(_ arguments: [String]) -> ExitCode {
    StandardStreams.ensureOpen()
    let environment = Environment.process
    do {
      let width = StandardStreams.width(of: STDOUT_FILENO, environment)
      switch try ParsedCommand(
        Array(arguments.dropFirst()), environment: environment, helpWidth: width)
      {
      case .run(let call): return run(call, environment)
      case .help(let text), .completionScript(let text), .manualPage(let text),
        .configuration(let text):
        return show(text)
      case .version: return show(Version.current + "\n")
      }
    } catch let error as UsageError {
      // Whoever reads the log, and the last message of a container, expects it in their form.
      return report(ExitReport(error), Logger(format: logFormat(arguments, environment)))
    } catch {
      let configuration = error as? ConfigurationError
      return report(
        ExitReport(error), Logger(format: configuration?.logFormat ?? .text),
        terminationLog: configuration?.terminationLog)
    }
  }

  private static func run(_ call: CommandCall, _ environment: Environment) -> ExitCode {
    let options = call.options
    // Every product runs on the thread that asks for it; waiting threads would take a processor.
    drift_blas_end_threads()
    CrashHandler.noteLog(options.logFormat, terminationLog: options.terminationLog)
    let logger = Logger(
      format: options.logFormat, minimumLevel: options.logFormat == .json ? .info : .warning)
    let inFlight = OutputInFlight(isOfProcess: true)
    Signals.watch(inFlight, logger)
    do {
      let process = RunContext(environment: environment, logger: logger, inFlight: inFlight)
      return try call.command.init(options, in: process).run()
    } catch {
      return report(ExitReport(error), logger, terminationLog: options.terminationLog)
    }
  }

  /// The format of log lines that a command line asks for which could not be read whole.
  private static func logFormat(_ arguments: [String], _ environment: Environment) -> TextFormat {
    let flag = "--log-format"
    var word = environment["DRIFT_CHECK_LOG_FORMAT"]
    for (argument, next) in zip(arguments, arguments.dropFirst() + [""]) {
      if argument == flag { word = next }
      if argument.hasPrefix(flag + "=") { word = String(argument.dropFirst(flag.count + 1)) }
    }
    return word.flatMap(TextFormat.init(rawValue:)) ?? .text
  }

  private static func report(
    _ failure: ExitReport, _ logger: Logger, terminationLog: String? = nil
  ) -> ExitCode {
    if let usage = failure.usage, logger.format == .text {
      _ = Descriptor.write(Array(usage.rendered.utf8), to: STDERR_FILENO)
    } else {
      for message in failure.messages {
        logger.log(
          .error, "error", message, [("exit_code", .int(Int(failure.exitCode.rawValue)))])
      }
    }
    // Where it is an input, what is there stays.
    guard failure.usage?.subject != "--termination-log" else { return failure.exitCode }
    let text = failure.messages.map { "error: \($0)\n" }.joined()
    let warning = TerminationLog.write(text, to: terminationLog)
    if let warning { logger.log(.warning, "termination-log", warning) }
    return failure.exitCode
  }

  /// Prints a text on standard output.
  private static func show(_ text: String) -> ExitCode {
    var output = BufferedWriter()
    do {
      try output.write(text)
      try output.flush()
      return .success
    } catch {
      _ = Descriptor.write(Array("Error: \(error)\n".utf8), to: STDERR_FILENO)
      return error.exitCode
    }
  }
}
