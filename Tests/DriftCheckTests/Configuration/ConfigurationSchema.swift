import DriftCheckCore
import DriftReport

/// The JSON Schema of a configuration file, made from the tables that the program reads.
enum ConfigurationSchema {
  static var json: JSONValue {
    let flags = CommandTable.current.flags.filter(\.isSetting)
    return .object([
      .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      .init("title", .string("drift-check configuration")),
      .init(
        "description",
        .string(
          "What 'drift-check --config' takes, as YAML 1.2 or JSON: every long flag as a key, and "
            + "what is different for single columns.")),
      .init("type", .string("object")),
      .init("additionalProperties", .bool(false)),
      .init(
        "properties",
        .object(
          flags.map { .init($0.name, property($0.help, type($0))) } + [
            .init(
              "overrides",
              .object([
                .init("description", .string("What is different for single columns, by name.")),
                .init("type", .string("object")),
                .init(
                  "additionalProperties",
                  .inline(.object([.init("$ref", .string("#/$defs/column"))]))),
              ]))
          ])),
      .init("$defs", .object([.init("column", column)])),
    ])
  }

  private static var column: JSONValue {
    let ignored = JSONValue.object([
      .init("required", .strings(["ignore"])),
      .init("properties", .object([.init("ignore", constant(.bool(true)))])),
    ])
    func kind(_ name: String) -> JSONValue {
      .object([
        .init("required", .strings(["kind"])),
        .init("properties", .object([.init("kind", constant(.string(name)))])),
      ])
    }
    let numericOnly = OverrideKey.all.filter(\.isNumericOnly).map(\.name)
    let levelsOnly = OverrideKey.all.filter(\.isLevelsOnly).map(\.name)
    let others = OverrideKey.all.map(\.name).filter { $0 != "ignore" }
    return .object([
      .init("type", .string("object")),
      .init("additionalProperties", .bool(false)),
      .init(
        "properties", .object(OverrideKey.all.map { .init($0.name, property($0.help, type($0))) })),
      .init(
        "allOf",
        .array([
          .object([.init("if", .inline(ignored)), .init("then", forbidden(others))]),
          .object([
            .init("if", .inline(kind("categorical"))), .init("then", forbidden(numericOnly)),
          ]),
          .object([.init("if", .inline(kind("numeric"))), .init("then", forbidden(levelsOnly))]),
          .object([
            .init("if", .inline(.object([.init("required", .strings(["psi-edges"]))]))),
            .init("then", forbidden(["psi-bins", "psi-binning"])),
          ]),
        ])),
    ])
  }

  private static func forbidden(_ keys: [String]) -> JSONValue {
    .inline(.object([.init("properties", .object(keys.map { .init($0, .bool(false)) }))]))
  }

  private static func constant(_ value: JSONValue) -> JSONValue {
    .object([.init("const", value)])
  }

  private static func property(_ help: String, _ type: [JSONValue.Member]) -> JSONValue {
    .inline(.object([.init("description", .string(help))] + type))
  }

  private static func types(_ names: String...) -> [JSONValue.Member] {
    [.init("type", names.count == 1 ? .string(names[0]) : .strings(names))]
  }

  private static let texts: [JSONValue.Member] = [
    .init("type", .strings(["string", "number", "array"])),
    .init("items", .object([.init("type", .strings(["string", "number"]))])),
  ]

  private static func type(_ flag: Flag) -> [JSONValue.Member] {
    switch (flag.arity, flag.valueType) {
    case (.toggle, _): types("boolean")
    case (.many, _): texts + [.init("minItems", .integer(1))]
    case (.list, _):
      texts + (flag.name == "missing-values" ? [] : [.init("minItems", .integer(1))])
    case (_, .text) where flag.values == ["on", "off"]:
      [.init("enum", .array([.string("on"), .string("off"), .bool(true), .bool(false)]))]
    case (_, .text):
      flag.values.isEmpty
        ? types("string", "number") : [.init("enum", .strings(flag.values))]
    case (_, .number(let range)): numbers(range)
    case (_, .integer(let range)): integers(range)
    case (_, .unsigned):
      types("integer")
        + [.init("minimum", .integer(0)), .init("maximum", .unsigned(.max))]
    }
  }

  private static func type(_ key: OverrideKey) -> [JSONValue.Member] {
    switch key.value {
    case .words(let words): [.init("enum", .strings(words))]
    case .number(let range): numbers(range)
    case .integer(let range): integers(range)
    case .boolean: types("boolean")
    case .edges:
      types("array") + [
        .init("items", .object(types("number"))), .init("minItems", .integer(1)),
        .init("maxItems", .integer(999)), .init("uniqueItems", .bool(true)),
      ]
    }
  }

  private static func numbers(_ range: NumberRange) -> [JSONValue.Member] {
    var members = types("number")
    members.append(
      .init(range.includesLower ? "minimum" : "exclusiveMinimum", .number(range.lower)))
    if range.upper < .greatestFiniteMagnitude {
      members.append(
        .init(range.includesUpper ? "maximum" : "exclusiveMaximum", .number(range.upper)))
    }
    return members
  }

  private static func integers(_ range: ClosedRange<Int>) -> [JSONValue.Member] {
    types("integer") + [.init("minimum", .integer(range.lowerBound))]
      + (range.upperBound == .max ? [] : [.init("maximum", .integer(range.upperBound))])
  }
}
