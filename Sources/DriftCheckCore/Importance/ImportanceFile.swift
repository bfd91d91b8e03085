internal import Tabular

/// The weights that a model gives its features, as libraries for training write them in one line: CSV with
/// a feature and its weight in a row, or JSON.
package struct ImportanceFile {
  /// A weight and where it stands.
  struct Entry {
    let feature: String
    /// Where the feature is named.
    let place: TextPlace
    let weight: Double
  }

  private static let kind = ConfigurationText.Kind(
    name: "importance", expected: "a weight a feature", format: "CSV or JSON", limit: 64 << 20)

  /// What a weight is.
  static let weight = "a finite number"

  /// The weights, in the order of the file.
  let entries: [Entry]

  /// The weights by feature.
  package var weights: [String: Double] {
    Dictionary(entries.map { ($0.feature, $0.weight) }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads a file.
  ///
  /// - Throws: `ImportanceError`.
  package init(reading file: String) throws(ImportanceError) {
    let entries: [Entry]
    do {
      let text = try ConfigurationText(reading: file, Self.kind)
      let first = text.bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
      if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
        entries = try ImportanceJSON.entries(JSONReader.read(text))
      } else {
        entries = try ImportanceRecords(text).entries()
      }
    } catch let error as ConfigurationError {
      throw error.problems.first.map(ImportanceError.init)
        ?? ImportanceError(file: file, "cannot be read")
    } catch let error as ImportanceError {
      throw error
    } catch {
      throw ImportanceError(file: file, "\(error)")
    }
    self.entries = entries
    try check(file)
  }

  /// Refuses what no model says.
  private func check(_ file: String) throws(ImportanceError) {
    guard !entries.isEmpty else {
      throw ImportanceError(
        file: file, "found no weight, expected a feature and its weight in a row, or JSON")
    }
    var places: [ByteString: TextPlace] = [:]
    for entry in entries {
      let name = ByteString(entry.feature)
      if let first = places[name] {
        throw ImportanceError(
          at: entry.place,
          "the feature '\(entry.feature)' is there twice, first in line \(first.line); take one out"
        )
      }
      places[name] = entry.place
    }
    guard entries.contains(where: { $0.weight > 0 }) else {
      throw ImportanceError(
        file: file, "no weight is above 0, expected one at least; was the model trained?")
    }
  }

  /// The number that a text is; nil for none, and for one that is not finite.
  static func number(_ text: String) -> Double? {
    guard let first = text.utf8.first, (48...57).contains(first) || "+-.".utf8.contains(first),
      let number = Double(text), number.isFinite
    else { return nil }
    return number
  }
}
