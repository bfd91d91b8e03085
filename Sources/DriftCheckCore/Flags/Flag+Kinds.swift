/// The kinds of flags that the table is made of. Defaults come from `CheckOptions()` itself, so
/// that the help cannot say anything else than the program does.
extension Flag {
  typealias OptionPath<Value> = any WritableKeyPath<CheckOptions, Value> & Sendable

  /// One word out of a few; `among` are those that can be given.
  static func choice<Word: WordChoice>(
    _ name: String, _ path: OptionPath<Word>, among: [Word] = Array(Word.allCases),
    _ section: Section, metavar: String, help: String
  ) -> Flag {
    let words = among.map(\.rawValue)
    let unset = CheckOptions()[keyPath: path].rawValue
    return value(
      name, section, metavar: metavar, default: words.contains(unset) ? unset : nil, values: words,
      help: help,
      set: { options, text throws(InvalidValue) in
        options[keyPath: path] = try ValueParser.choice(text, among: among)
      })
  }

  /// A whole number.
  static func integer(
    _ name: String, _ path: OptionPath<Int>, in range: ClosedRange<Int>, _ section: Section,
    help: String
  ) -> Flag {
    value(
      name, section, metavar: "n", default: "\(CheckOptions()[keyPath: path])",
      valueType: .integer(range), help: help,
      set: { options, text throws(InvalidValue) in
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

  /// Any flag with one value.
  package static func value(
    _ name: String, _ section: Section, metavar: String, default: String? = nil,
    values: [String] = [], valueType: ValueType = .text, help: String,
    completion: Completion = .none,
    set: @escaping @Sendable (inout CheckOptions, String) throws(InvalidValue) -> Void
  ) -> Flag {
    Flag(
      name: name, metavar: metavar, arity: .single, defaultText: `default`, values: values,
      valueType: valueType, help: help, section: section,
      completion: values.isEmpty ? completion : .words(values), action: .set(set))
  }
}
