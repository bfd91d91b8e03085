import DriftCheckCore
import DriftTestSupport
import Foundation
import Testing

/// Every flag is a key of a configuration file and a variable, to the same effect.
@Suite struct EverySettingTests {
  /// The flags of a case with their values.
  private static func flags(_ example: FlagCase) -> [(name: String, values: [String])] {
    var flags: [(name: String, values: [String])] = []
    for word in example.arguments {
      if word.hasPrefix("--") {
        flags.append((String(word.dropFirst(2)), []))
      } else {
        flags[flags.count - 1].values.append(word)
      }
    }
    return flags
  }

  private static func json(_ text: String) throws -> String {
    let data = try JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed)
    return String(decoding: data, as: UTF8.self)
  }

  /// The keys of a case; YAML and JSON write the values alike.
  private static func members(_ example: FlagCase, listsAsItems: Bool) throws -> [String] {
    var members = ["baseline": "\"a.csv\"", "current": "\"b.csv\""]
    for (name, values) in flags(example) {
      let flag = try #require(CommandTable.current.flags.flag(spelled: "--\(name)"))
      switch flag.arity {
      case .toggle: members[name] = "true"
      case .many:
        // These come behind those of `twoFiles`.
        let first = ["baseline": ["a.csv"], "current": ["b.csv"]][name] ?? []
        members[name] = "[" + (try (first + values).map(json)).joined(separator: ", ") + "]"
      case .list where listsAsItems:
        let items = try ValueParser.commaList(values[0]).map(json)
        members[name] = "[" + items.joined(separator: ", ") + "]"
      case .single where flag.valueType != .text: members[name] = values[0]
      default: members[name] = try json(values[0])
      }
    }
    return try members.sorted { $0.key < $1.key }.map { "\(try json($0.key)): \($0.value)" }
  }

  @Test(arguments: FlagCase.all)
  func keyDoesWhatTheFlagDoes(_ example: FlagCase) throws {
    let expected = try options(example.arguments)
    for listsAsItems in [false, true] {
      let members = try Self.members(example, listsAsItems: listsAsItems)
      let yaml = try Configured(members.joined(separator: "\n") + "\n")
      #expect(try yaml.options([]) == expected)
      // JSON has no numbers such as '.1'.
      let json = "{" + members.joined(separator: ",\n").replacing(": .", with: ": 0.") + "}"
      #expect(try Configured(json, name: "drift.JSON").options([]) == expected)
      #expect(try Configured(json).options([]) == expected)
    }
  }

  @Test(arguments: FlagCase.all.filter { !["baseline", "current"].contains($0.name) })
  func variableDoesWhatTheFlagDoes(_ example: FlagCase) throws {
    var variables: [String: String] = [:]
    var arguments: [String] = []
    for (name, values) in Self.flags(example) {
      let variable = "DRIFT_CHECK_" + name.uppercased().replacing("-", with: "_")
      variables[variable] = values.first ?? "true"
      // A variable is one word, and so one file of several.
      arguments += ["--\(name)"] + values.prefix(1)
    }
    let parsed = try ParsedCommand(twoFiles, environment: Environment(variables))
    #expect(try parsed == checking(arguments))
  }

  /// A command with what it must be given, by the name of the flag.
  struct CommandLine: CustomTestStringConvertible {
    let words: [String]
    let needed: [String: String]

    var testDescription: String { words[0] }

    func arguments(without name: String? = nil) -> [String] {
      words
        + needed.filter { $0.key != name }.sorted { $0.key < $1.key }.flatMap {
          ["--\($0.key)", $0.value]
        }
    }
  }

  static let commands: [(command: any Command.Type, line: CommandLine)] = [
    (Profile.self, CommandLine(words: ["profile", "t.csv"], needed: ["output": "o"])),
    (Merge.self, CommandLine(words: ["merge", "a.profile", "b.profile"], needed: ["output": "o"])),
    (
      MMDShard.self,
      CommandLine(
        words: ["mmd-shard"],
        needed: ["baseline": "a.csv", "current": "b.csv", "shard": "0/2", "output": "o"])
    ),
  ]

  /// The same for the other commands: every flag, one at a time, also those that must be given.
  @Test(arguments: commands)
  func otherCommandsTakeTheirSettings(_ command: any Command.Type, _ line: CommandLine) throws {
    var values = ["shard": ["1/3"], "edges-from": ["b.profile"], "no-rows": []]
    for example in FlagCase.all { values[example.name] = Array(example.arguments.dropFirst()) }
    var count = 0
    for flag in CommandTable.current.flags(of: command)
    where flag.isSetting && flag.name != "output" {
      let values = try #require(values[flag.name], "\(flag.name)").prefix(1)
      let arguments = line.arguments(without: flag.name)
      let expected = try Configured("{}").options(arguments + ["--\(flag.name)"] + values)
      if line.needed[flag.name] == nil {
        #expect(try Configured("{}").options(arguments) != expected, "\(flag.name)")
      }
      let text = try values.first.map { flag.valueType == .text ? try Self.json($0) : $0 } ?? "true"
      let file = try Configured("\(flag.name): \(text)\n")
      #expect(try file.options(arguments) == expected, "\(flag.name)")
      let variable = [flag.variable: values.first ?? "true"]
      #expect(try Configured("{}").options(arguments, variable) == expected, "\(flag.name)")
      count += 1
    }
    let least = command == Merge.self ? 7 : 15
    #expect(count >= least)
  }

  @Test func filesMayBeVariables() throws {
    let variables = ["DRIFT_CHECK_BASELINE": "a.csv", "DRIFT_CHECK_CURRENT": "b.csv"]
    #expect(
      try ParsedCommand([], environment: Environment(variables)) == checking([]))
  }

  /// Kubernetes sets these where a Service is called drift-check.
  @Test(arguments: [
    "PORT", "SERVICE_HOST", "SERVICE_PORT", "SERVICE_PORT_HTTP", "PORT_80_TCP", "PORT_80_TCP_PROTO",
    "BINARY", "VERSION", "HELP", "PRINT_CONFIG", "OVERRIDES", "NO_SUCH_FLAG",
  ])
  func otherVariablesAreNoneOfOurs(_ name: String) throws {
    let variables = Environment(["DRIFT_CHECK_" + name: "tcp://10.0.0.1:80"])
    #expect(try ParsedCommand(twoFiles, environment: variables) == checking([]))
    let flag = name.lowercased().replacing("_", with: "-")
    #expect(CommandTable.current.flags.flag(spelled: "--\(flag)")?.isSetting != true)
    let clashes = CommandTable.current.flags.filter {
      $0.name == "port" || $0.name.hasPrefix("port-") || $0.name.hasPrefix("service-")
    }
    #expect(clashes.isEmpty)
  }

  @Test func emptyVariablesAreNotSet() throws {
    let variables = CommandTable.current.flags.map { ($0.variable, "") }
    let environment = Environment(Dictionary(variables) { first, _ in first })
    #expect(try ParsedCommand(twoFiles, environment: environment) == checking([]))
  }

  @Test(arguments: [
    ("DRIFT_CHECK_ALPHA", "2", "a number greater than 0 and less than 1"),
    ("DRIFT_CHECK_THREADS", "abc", "a whole number from 1 to 1024"),
    ("DRIFT_CHECK_NO_MMD", "yes", "'true' or 'false'"),
    (
      "DRIFT_CHECK_FEATURES", "a,,b", "names between commas, none of them empty ('\\,' for a comma)"
    ),
  ])
  func wrongVariablesAreNamed(_ name: String, _ value: String, _ expected: String) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try ParsedCommand(twoFiles, environment: Environment([name: value]))
    }
    #expect(error.lines == ["\(name) is '\(value)': expected \(expected)."])
    #expect(error.problems.map(\.origin) == [.variable(name)])
    // The flag wins, so that nobody looks at the variable.
    let flag = "--" + name.dropFirst(12).lowercased().replacing("_", with: "-")
    let valid = ["--alpha": ["0.1"], "--threads": ["2"], "--features": ["a"]][flag] ?? []
    _ = try ParsedCommand(
      twoFiles + [flag] + valid, environment: Environment([name: value]))
  }
}
