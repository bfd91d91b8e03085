/// The kinds of flags that the table is made of. Defaults come from `CheckOptions()` itself, so
/// that the help cannot say anything else than the program does.
extension Flag {
  typealias OptionPath<Value> = any WritableKeyPath<CheckOptions, Value> & Sendable

  /// One word out of a few.
  static func choice<Value: Choice>(
    _ name: String, _ path: OptionPath<Value>, _ section: Section, metavar: String,
    help: String
  ) -> Flag {
    let words = Value.allCases.map(\.rawValue)
    return Flag(
      name: name, metavar: metavar, arity: .single,
      defaultText: CheckOptions()[keyPath: path].rawValue, values: words, help: help,
      section: section, completion: .words(words),
      action: .set { options, text throws(InvalidValue) in
        options[keyPath: path] = try ValueParser.choice(text)
      })
  }

  /// One word out of a few, where not given is something else.
  static func optionalChoice<Value: Choice>(
    _ name: String, _ path: OptionPath<Value?>, _ section: Section, metavar: String,
    default: String? = nil, help: String
  ) -> Flag {
    let words = Value.allCases.map(\.rawValue)
    return Flag(
      name: name, metavar: metavar, arity: .single, defaultText: `default`, values: words,
      help: help, section: section, completion: .words(words),
      action: .set { options, text throws(InvalidValue) in
        options[keyPath: path] = try ValueParser.choice(text) as Value
      })
  }

  /// A finite number.
  static func number(
    _ name: String, _ path: OptionPath<Double>, in range: NumberRange, _ section: Section,
    metavar: String, help: String
  ) -> Flag {
    Flag(
      name: name, metavar: metavar, arity: .single,
      defaultText: "\(CheckOptions()[keyPath: path])", valueType: .number(range), help: help,
      section: section,
      action: .set { options, text throws(InvalidValue) in
        options[keyPath: path] = try ValueParser.number(text, in: range)
      })
  }

  /// A whole number.
  static func integer(
    _ name: String, _ path: OptionPath<Int>, in range: ClosedRange<Int>, _ section: Section,
    metavar: String = "n", help: String
  ) -> Flag {
    Flag(
      name: name, metavar: metavar, arity: .single,
      defaultText: "\(CheckOptions()[keyPath: path])", valueType: .integer(range), help: help,
      section: section,
      action: .set { options, text throws(InvalidValue) in
        options[keyPath: path] = try ValueParser.integer(text, in: range)
      })
  }

  /// A whole number, where not given is something else.
  static func integerOrNil(
    _ name: String, _ path: OptionPath<Int?>, in range: ClosedRange<Int>, _ section: Section,
    help: String
  ) -> Flag {
    Flag(
      name: name, metavar: "n", arity: .single, valueType: .integer(range), help: help,
      section: section,
      action: .set { options, text throws(InvalidValue) in
        options[keyPath: path] = try ValueParser.integer(text, in: range)
      })
  }

  /// Column names between commas.
  static func columns(_ name: String, _ path: OptionPath<[String]>, help: String) -> Flag {
    Flag(
      name: name, metavar: "columns", arity: .list, help: help, section: .input,
      action: .set { options, text throws(InvalidValue) in
        options[keyPath: path].append(contentsOf: try ValueParser.columns(text))
      })
  }

  /// The files of one side.
  static func files(_ name: String, _ path: OptionPath<[String]>, help: String) -> Flag {
    Flag(
      name: name, metavar: "file", arity: .many, help: help, section: .input, completion: .file,
      action: .set { options, text throws(InvalidValue) in
        options[keyPath: path].append(try ValueParser.nonEmpty(text, what: "a file, or '-'"))
      })
  }

  /// A switch without a value.
  static func toggle(
    _ name: String, short: Character? = nil, _ section: Section, help: String,
    set: @escaping @Sendable (inout CheckOptions) -> Void
  ) -> Flag {
    Flag(
      name: name, short: short, arity: .toggle, help: help, section: section,
      action: .set { options, _ in set(&options) })
  }

  /// Any other flag with one value.
  static func value(
    _ name: String, _ section: Section, metavar: String, default: String? = nil,
    valueType: ValueType = .text, help: String, completion: Completion = .none,
    set: @escaping @Sendable (inout CheckOptions, String) throws(InvalidValue) -> Void
  ) -> Flag {
    Flag(
      name: name, metavar: metavar, arity: .single, defaultText: `default`, valueType: valueType,
      help: help, section: section, completion: completion, action: .set(set))
  }
}
