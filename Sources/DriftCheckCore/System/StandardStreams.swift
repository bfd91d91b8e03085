import Glibc

/// Descriptors 0, 1 and 2.
package enum StandardStreams {
  /// Opens `/dev/null` for each of the three that is closed. To be called before anything else:
  /// otherwise a data file could get the number of standard output and be written over.
  package static func ensureOpen() {
    for descriptor in STDIN_FILENO...STDERR_FILENO
    where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      // The lowest free number is this one. It must stay open on exec, as the others do.
      _ = Glibc.open("/dev/null", O_RDWR)
    }
  }

  /// Whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
  }

  /// The columns of a terminal: COLUMNS, else what the terminal says, else 80.
  package static func width(of descriptor: Int32, _ environment: Environment) -> Int {
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return 80
  }
}
