internal import DriftDetection
internal import Tabular

extension CheckOptions {
  /// The features that are made of a column of points in time, but for those that the table has itself.
  ///
  /// - Parameter names: The columns of the table.
  /// - Returns: The features of a column, by its name.
  func timeFeatures(besides names: [String]) -> @Sendable (String) -> [TimeFeature] {
    guard !timeFeatures.isEmpty else { return { _ in [] } }
    let (features, known) = (timeFeatures, Set(names.map { ByteString($0) }))
    let excluded = Set(configuration.excluded.map { ByteString($0) })
    return { column in
      features.filter {
        let name = ByteString($0.name(of: column))
        return !known.contains(name) && !excluded.contains(name)
      }
    }
  }

  /// The names that may be asked for: the columns of a table, and what could be made of them.
  func namesWithTimeFeatures(_ names: [String]) -> [String] {
    names + timeFeatures.flatMap { feature in names.map { feature.name(of: $0) } }
  }
}

extension DriftDetector {
  /// The features of a baseline that are made of a column of points in time of the current table.
  ///
  /// - Parameter names: The columns of that table.
  /// - Returns: The features of a column, by its name.
  func timeFeatures(besides names: [String]) -> @Sendable (String) -> [TimeFeature] {
    let known = Set(names.map { ByteString($0) })
    return { column in
      TimeFeature.allCases.filter {
        let name = $0.name(of: column)
        return !known.contains(ByteString(name)) && kind(ofFeature: name) == .categorical
      }
    }
  }
}
