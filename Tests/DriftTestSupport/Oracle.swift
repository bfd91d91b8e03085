import Foundation

/// Reads the expected values in `fixtures/oracles/`.
public enum Oracle {
  /// The contents of `fixtures/oracles/NAME.json`.
  ///
  /// Keys written with underscores decode into camel case. A tolerance, where the file states one,
  /// is an ordinary field.
  /// - Throws: when the file is missing or does not have the shape of `type`.
  public static func load<Value: Decodable>(
    _ name: String, as type: Value.Type = Value.self
  ) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = try Data(contentsOf: Project.fixture("oracles/\(name).json"))
    return try decoder.decode(type, from: data)
  }
}

/// The shape of the oracle files that hold one list: a tolerance and cases.
public struct OracleTable<Case: Decodable & Sendable>: Decodable, Sendable {
  /// How the expected values were computed.
  public let computedWith: String
  /// The largest relative error to accept.
  public let relativeTolerance: Double
  /// The inputs with their expected values.
  public let cases: [Case]
}
