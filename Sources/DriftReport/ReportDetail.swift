internal import DriftDetection
internal import Glibc

/// Which features of a wide table the JSON report has with all their numbers: a report of 20,000 features
/// would have tens of megabytes else, which few programs read.
package struct ReportDetail {
  /// All features of a table with no more of them than this.
  static let mostFeatures = 300
  /// The bins of a wider table, in all.
  private static let mostBins = 40_000
  /// More notes or reasons than this are left to the features.
  static let mostTexts = 1_000
  /// The significant digits of the others' numbers.
  private static let digits = 4

  /// The places of the features with all numbers; nil for all.
  private let whole: Set<Int>?
  private let brief: Int

  init(_ features: [FeatureResult]) {
    guard features.count > Self.mostFeatures else {
      whole = nil
      brief = 0
      return
    }
    var places: Set<Int> = []
    var bins = 0
    // The worst first.
    for place in features.worst(Self.mostFeatures) {
      bins += features[place].populationStability?.test.bins.count ?? 0
      guard bins <= Self.mostBins else { break }
      places.insert(place)
    }
    whole = places
    brief = features.count - places.count
  }

  /// Whether the report has all numbers of a feature.
  func isWhole(_ place: Int) -> Bool { whole?.contains(place) ?? true }

  /// What the report says of the others; nil where there are none.
  var note: String? {
    brief == 0
      ? nil
      : "\(brief) features are in this report without bins and components, and with \(Self.digits) digits a number; of "
        + "a wide table only the worst have all details"
  }

  /// As many texts as a report lists, and where the others are.
  static func limited(_ texts: [String]) -> [String] {
    guard texts.count > mostTexts else { return texts }
    return texts.prefix(mostTexts) + ["and \(texts.count - mostTexts) more, at the features"]
  }

  /// A feature's part of the report without its details, on one line.
  static func brief(_ value: JSONValue) -> JSONValue { .compact(rounded(value)) }

  /// The nearest number of so many digits. Powers of ten up to the 22nd are exact, so that one rounded
  /// division gives the double that is nearest to the decimal number.
  package static func rounded(_ number: Double) -> Double {
    guard number.isFinite, number != 0 else { return number }
    let places = digits - 1 - Int(log10(number.magnitude).rounded(.down))
    guard (0...22).contains(places) else {
      return Double(NumberText.significant(number, digits)) ?? number
    }
    let scale = powersOfTen[places]
    return (number * scale).rounded() / scale
  }

  private static let powersOfTen = (0...22).map { pow(10, Double($0)) }

  private static func rounded(_ value: JSONValue) -> JSONValue {
    switch value {
    case .number(let number): .number(rounded(number))
    case .array(let values): .array(values.map(rounded))
    case .object(let members):
      .object(
        members.map { member in
          switch member.key {
          case PopulationStabilityEntry.binsKey, DistributionEntry.componentsKey:
            .init(member.key, .array([]))
          case "welch_p_value", "effect_size_interval", "degrees_of_freedom", "critical_value",
            "bias_corrected":
            .init(member.key, .null)
          case Finding.Test.cells.rawValue where isUnchanged(member.value): .init(member.key, .null)
          default: .init(member.key, rounded(member.value))
          }
        })
    case .inline(let value), .compact(let value): rounded(value)
    default: value
    }
  }

  /// Whether what is said of cells is that no share of them changed.
  private static func isUnchanged(_ cells: JSONValue) -> Bool {
    guard case .object(let members) = cells.inner else { return false }
    return members.prefix(2).allSatisfy { $0.value == .number(0) }
  }
}

extension JSONValue {
  /// The value, however it is written.
  fileprivate var inner: JSONValue {
    switch self {
    case .inline(let value), .compact(let value): value.inner
    default: self
    }
  }
}
