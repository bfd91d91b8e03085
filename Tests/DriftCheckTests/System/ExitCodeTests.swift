import DriftCheckCore
import Glibc
import Testing

@Suite struct ExitCodeTests {
  /// The codes of `sysexits.h`, and 128 plus the signal.
  @Test(
    arguments: [
      (.success, EXIT_SUCCESS), (.drift, 2), (.usage, EX_USAGE), (.data, EX_DATAERR),
      (.noInput, EX_NOINPUT), (.software, EX_SOFTWARE), (.cannotCreate, EX_CANTCREAT),
      (.ioError, EX_IOERR), (.temporaryFailure, EX_TEMPFAIL), (.configuration, EX_CONFIG),
      (.hangUp, 128 + SIGHUP), (.interrupted, 128 + SIGINT), (.terminated, 128 + SIGTERM),
    ] as [(ExitCode, Int32)])
  func isThatOfTheSystem(_ code: ExitCode, _ value: Int32) {
    #expect(code.rawValue == value)
  }

  @Test func onlyDriftEndsWithTwo() {
    #expect(ExitCode.allCases.filter { $0.rawValue == 2 } == [.drift])
  }
}
