/// What a test found, whichever it is.
public protocol TestResult: Sendable, Hashable, Codable {
  /// The test.
  static var id: Finding.Test { get }
  /// The test statistic; nil where there is none.
  var statistic: Double? { get }
  /// How likely the result is without drift; nil where there is too little data.
  var significance: Significance? { get }
  /// The size of the change, as it is compared with the limits: infinite for constants that differ;
  /// nil where there is none, and for a test whose p-value decides alone.
  var effect: Double? { get }
  /// What it says.
  var status: DriftStatus { get }
}

/// How likely the result of a test is without drift.
public struct Significance: Sendable, Hashable, Codable {
  /// The p-value.
  public let pValue: Double
  /// The p-value, adjusted over the features.
  public let adjustedPValue: Double
}

/// What the tests of a feature found, in the order of the tests.
package struct TestResults: Sendable {
  /// The results.
  package private(set) var all: [any TestResult] = []

  /// The result of a test; nil when it was not run.
  package subscript<Result: TestResult>(_: Result.Type) -> Result? {
    get {
      // Types are compared first, as a cast that fails takes long.
      all.first { type(of: $0) == Result.self } as? Result
    }
    set {
      let place = all.firstIndex { type(of: $0) == Result.self }
      switch (place, newValue) {
      case (let place?, let value?): all[place] = value
      case (let place?, nil): all.remove(at: place)
      case (nil, let value?): all.append(value)
      case (nil, nil): break
      }
    }
  }
}

extension TestResults: Hashable {
  package static func == (left: TestResults, right: TestResults) -> Bool {
    left.all.map { AnyHashable($0) } == right.all.map { AnyHashable($0) }
  }

  package func hash(into hasher: inout Hasher) {
    for result in all { hasher.combine(result) }
  }
}
