internal import DriftDetection
internal import DriftReport
internal import Tabular

/// An error as the program ends with it: its lines and an exit code. The one place that maps errors to
/// codes.
struct ExitReport {
  let exitCode: ExitCode
  /// What, where, and what to do; a line for each mistake.
  let messages: [String]
  /// Set when the command line, or the environment, is at fault.
  let usage: UsageError?

  init(_ error: any Error) {
    switch error {
    case let error as UsageError:
      // A variable that stands for a flag; the others are as good as arguments.
      let isSetting =
        error.code == .environment && error.subject?.hasPrefix("DRIFT_CHECK_") == true
      self.init(isSetting ? .configuration : .usage, error.message, usage: error)
    case let error as ConfigurationError: self.init(.configuration, lines: error.lines)
    case let error as CSVError: self.init(Self.exitCode(error.code), error.description)
    case let error as ProfileFileError:
      self.init(error.isNoInput ? .noInput : .ioError, error.description)
    case let error as ImportanceError:
      self.init(error.isNoInput ? .noInput : .data, error.description)
    case let error as InputError: self.init(.data, error.description)
    case let error as DriftError:
      let isUsage = [.invalidConfiguration, .nothingGates].contains(error.code)
      self.init(isUsage ? .usage : .data, error.messageWithFlags)
    case let error as PartialSumsError: self.init(.data, error.message)
    case let error as StatisticsError: self.init(.data, error.message)
    case let error as SecretError: self.init(.configuration, error.description)
    case let error as MemoryError: self.init(.ioError, error.description)
    case let error as OutputError: self.init(error.exitCode, error.description)
    default:
      self.init(.software, "unexpected error, please report it: \(error)")
    }
  }

  private init(_ exitCode: ExitCode, _ message: String, usage: UsageError? = nil) {
    self.init(
      exitCode, lines: [PlainText.neutralised(message)], usage: exitCode == .usage ? usage : nil)
  }

  private init(_ exitCode: ExitCode, lines: [String], usage: UsageError? = nil) {
    self.exitCode = exitCode
    messages = lines
    self.usage = usage
  }

  private static func exitCode(_ code: CSVError.Code) -> ExitCode {
    switch code {
    case .inputMissing, .inputUnreadable, .inputIsDirectory: .noInput
    case .ioError, .inputChanged: .ioError
    case .invalidOptions: .usage
    case .planMismatch: .software
    default: .data
    }
  }
}
