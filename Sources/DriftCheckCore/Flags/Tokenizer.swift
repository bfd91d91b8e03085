import CPopt
import Glibc

/// A part of the command line.
enum Token: Sendable {
  /// A flag with its value.
  case flag(Flag, value: String?)
  /// A word that belongs to no flag, or a further value of the flag before it.
  case argument(String)
}

/// Cuts the arguments (without the program's name) into flags, their values and other words.
///
/// popt does the work: a context of its own, no globals, so that tests may run side by side. It
/// gives other words back in their place (`POPT_CONTEXT_ARG_OPTS`), which is what flags with
/// several values need.
/// - Throws: `UsageError` for flags that are not among `flags`, missing values and values of toggles.
func tokenize(_ arguments: [String], _ flags: [Flag]) throws(UsageError) -> [Token] {
  let strings = CStrings()  // popt keeps pointers into them as long as the context lives
  defer { strings.free() }
  let table = flags.enumerated().map { index, flag in
    flag.poptOption(value: Int32(index) + 1, strings)
  }
  var argv = (["drift-check"] + arguments).map(strings.add)
  let result = table.withTerminator { options in
    argv.append(nil)
    return argv.withUnsafeMutableBufferPointer { argv in
      guard
        let context = poptGetContext(
          argv[0], Int32(argv.count - 1), argv.baseAddress, options,
          UInt32(POPT_CONTEXT_ARG_OPTS | POPT_CONTEXT_NO_EXEC))
      else { return Result<[Token], UsageError>.success([]) }
      defer { poptFreeContext(context) }
      return readTokens(context, arguments, flags)
    }
  }
  return try result.get()
}

private func readTokens(
  _ context: poptContext, _ arguments: [String], _ flags: [Flag]
) -> Result<[Token], UsageError> {
  var tokens: [Token] = []
  while true {
    let code = poptGetNextOpt(context)
    if code == -1 { return .success(tokens) }
    if code < -1 {
      let spelling = poptBadOption(context, 0).map { String(cString: $0) } ?? ""
      return .failure(.tokenizing(spelling, code, flags))
    }
    let value = poptGetOptArg(context).map { pointer in
      defer { free(pointer) }
      return String(cString: pointer)
    }
    guard code > 0 else {
      tokens.append(.argument(value ?? ""))
      continue
    }
    let flag = flags[Int(code) - 1]
    if let value, flag.isFollowedByFlag(value, in: arguments, flags) {
      return .failure(.missingValue(flag, found: value, flags))
    }
    tokens.append(.flag(flag, value: value))
  }
}

extension Flag {
  fileprivate func poptOption(value: Int32, _ strings: CStrings) -> CPoptOption {
    var option = CPoptOption()
    option.longName = strings.add(name)
    option.shortName = short?.asciiValue.map { CChar($0) } ?? 0
    option.argInfo =
      switch arity {
      case .toggle: UInt32(POPT_ARG_NONE)
      case .single, .list, .many: UInt32(POPT_ARG_STRING)
      case .optional: UInt32(POPT_ARG_STRING) | UInt32(POPT_ARGFLAG_OPTIONAL)
      }
    option.val = value
    return option
  }

  /// Whether a value is really the next flag: popt takes whatever follows. `--flag=--value` is
  /// the way to give such a value.
  fileprivate func isFollowedByFlag(
    _ value: String, in arguments: [String], _ flags: [Flag]
  ) -> Bool {
    guard value.hasPrefix("--") || flags.flag(spelled: value) != nil else { return false }
    return !arguments.contains("\(spelling)=\(value)")
  }
}

extension [CPoptOption] {
  /// Calls `body` with a table that ends as popt wants it to, with an empty entry.
  fileprivate func withTerminator<Result>(
    _ body: (UnsafePointer<CPoptOption>?) -> Result
  ) -> Result {
    (self + [CPoptOption()]).withUnsafeBufferPointer { body($0.baseAddress) }
  }
}

/// C strings that live until `free()`.
private final class CStrings {
  private var pointers: [UnsafeMutablePointer<CChar>] = []

  func add(_ string: String) -> UnsafePointer<CChar>? {
    guard let pointer = strdup(string) else { return nil }
    pointers.append(pointer)
    return UnsafePointer(pointer)
  }

  func free() {
    for pointer in pointers { Glibc.free(pointer) }
    pointers = []
  }
}
