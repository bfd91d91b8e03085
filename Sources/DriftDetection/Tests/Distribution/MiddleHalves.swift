internal import DriftStatistics
internal import DriftSummaries

/// The quartiles of both sides of a numeric feature, as far as the rows by cell tell them: for words, not
/// for verdicts.
struct MiddleHalves: Sendable, Hashable, Codable {
  /// The quartiles of one side.
  struct Quartiles: Sendable, Hashable, Codable {
    let lower: Double
    let median: Double
    let upper: Double

    var width: Double { upper - lower }
  }

  let baseline: Quartiles
  let current: Quartiles

  /// Nil where a side has no finite value.
  init?(_ counter: BinCounter, baseline: FeatureProfile, current: FeatureProfile) {
    guard let before = Quartiles(counter, baseline), let after = Quartiles(counter, current) else {
      return nil
    }
    (self.baseline, self.current) = (before, after)
  }
}

extension MiddleHalves.Quartiles {
  /// By linear interpolation in the cells that hold them.
  fileprivate init?(_ counter: BinCounter, _ side: FeatureProfile) {
    guard let least = side.summary.minimum, let most = side.summary.maximum else { return nil }
    let all = Double(side.cells.reduce(0, +))
    func value(_ share: Double) -> Double {
      var before = 0.0
      for (cell, count) in side.cells.enumerated() where count > 0 {
        let goal = share * all - before
        guard goal > Double(count) else {
          let bounds = counter.bounds(ofCell: cell)
          let low = min(max(bounds.lower, least), most)
          let high = min(max(bounds.upper, least), most)
          return low + (high - low) * goal / Double(count)
        }
        before += Double(count)
      }
      return most
    }
    (lower, median, upper) = (value(0.25), value(0.5), value(0.75))
  }
}

extension MiddleHalves {
  /// What became of the place and of the width, in words.
  var location: String {
    let texts = NumberText.pair(baseline.median, current.median, 3)
    return "its middle went \(current.median < baseline.median ? "down" : "up"), median "
      + "\(texts.0) -> \(texts.1)"
  }

  var spread: String {
    let texts = NumberText.pair(baseline.width, current.width, 3)
    return "its spread \(current.width < baseline.width ? "shrank" : "grew"), middle half "
      + "\(texts.0) -> \(texts.1) wide"
  }
}
