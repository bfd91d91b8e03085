internal import Checked

extension SideSummary {
  /// The earliest and the latest of a time feature as text: dates where none has a time of day.
  package var timeRange: (earliest: String, latest: String)? {
    guard let minimum, let maximum else { return nil }
    let hasTime = [minimum, maximum].contains { $0.truncatingRemainder(dividingBy: 86_400) != 0 }
    return (
      ISO8601.text(seconds: minimum, hasTime: hasTime),
      ISO8601.text(seconds: maximum, hasTime: hasTime)
    )
  }

  /// The same in words.
  var range: String? {
    timeRange.map { $0.earliest == $0.latest ? $0.earliest : "\($0.earliest) to \($0.latest)" }
  }
}
