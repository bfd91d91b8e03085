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

  /// The columns of a terminal for what must not be wider: COLUMNS when that is set, but never more
  /// than the terminal has; 80 when neither says anything.
  package static func terminalWidth(of descriptor: Int32, _ environment: Environment) -> Int {
    let wanted = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    guard isKnown else { return wanted ?? 80 }
    return min(wanted ?? Int(size.ws_col), Int(size.ws_col))
  }

  /// Whether standard output is to be coloured when nobody said so: on a terminal that is not dumb.
  /// NO_COLOR forbids it, CLICOLOR_FORCE asks for it wherever the text goes.
  package static func wantsColor(_ environment: Environment, isTerminal: Bool) -> Bool {
    guard environment.nonEmpty("NO_COLOR") == nil else { return false }
    if let force = environment.nonEmpty("CLICOLOR_FORCE"), force != "0" { return true }
    return isTerminal && environment["TERM"] != "dumb"
  }

  /// Whether text beyond ASCII can be shown, by the first of the variables of the locale that is set.
  package static func isUnicode(_ environment: Environment) -> Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    guard let locale = names.lazy.compactMap({ environment.nonEmpty($0) }).first else {
      return false
    }
    let letters = locale.lowercased().filter { $0 != "-" }
    return letters.contains("utf8")
  }
}
